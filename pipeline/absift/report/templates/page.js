
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const byId = (id) => document.getElementById(id);
  const table = byId("studies");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const articles = rows.map((row) => byId("a" + row.dataset.n));

  // Search and "only with warnings" narrow the table and the abstracts alike.
  const search = byId("search");
  const only = byId("only");
  const status = byId("status");
  let texts = null;
  const narrow = () => {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    if (words.length && !texts) {
      texts = rows.map((row, i) => (row.textContent + " " + articles[i].textContent).toLocaleLowerCase());
    }
    const alarmed = only !== null && only.getAttribute("aria-pressed") === "true";
    let shown = 0;
    rows.forEach((row, i) => {
      const fits = words.every((word) => texts[i].includes(word))
        && (!alarmed || row.classList.contains("has-warning"));
      row.hidden = articles[i].hidden = !fits;
      shown += fits;
    });
    const all = shown === rows.length;
    status.textContent = all ? "" : `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
    byId("nothing").hidden = shown > 0 || rows.length === 0;
  };
  let timer = 0;
  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(narrow, 120); });
  if (only) {
    only.addEventListener("click", () => {
      only.setAttribute("aria-pressed", String(only.getAttribute("aria-pressed") !== "true"));
      narrow();
    });
  }
  // A link to something that the search hides shows everything again.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && byId(link.getAttribute("href").slice(1));
    if (!target) return;
    if (target.closest("[hidden]") && target.id !== "tip") {
      search.value = "";
      if (only) only.setAttribute("aria-pressed", "false");
      narrow();
    }
    // The target takes the keyboard's place, too.
    if (target.matches("mark")) target.focus({ preventScroll: true });
  });

  // Labels switched off lose their colour and their stop on the Tab key's way.
  for (const chip of document.querySelectorAll(".chip[data-style]")) {
    chip.addEventListener("click", () => {
      const style = chip.dataset.style;
      const on = chip.getAttribute("aria-pressed") !== "true";
      for (const twin of document.querySelectorAll(`.chip[data-style="${style}"]`)) {
        twin.setAttribute("aria-pressed", String(on));
      }
      root.classList.toggle("off-" + style, !on);
      for (const mark of document.querySelectorAll(`mark.${style}[id]`)) mark.tabIndex = on ? 0 : -1;
    });
  }

  // Sorting: by the number in data-v where there is one, else by the words; blanks last.
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    const values = new Map(rows.map((row) => {
      const cell = row.cells[column];
      return [row, "v" in cell.dataset ? cell.dataset.v : cell.textContent.trim()];
    }));
    const numeric = rows.length > 0 && "v" in rows[0].cells[column].dataset;
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const order = rows.slice().sort((a, b) => {
        const [x, y] = [values.get(a), values.get(b)];
        if (x === "" || y === "") return (x === "") - (y === "");
        const difference = numeric ? Number(x) - Number(y) : collator.compare(x, y);
        return down ? -difference : difference;
      });
      body.append(...order);
    });
  });

  // What is known of a span, by mouse, keyboard or touch. Escape hides it.
  const tip = byId("tip");
  let current = null;
  let leaving = 0;
  const off = (mark) => Array.from(mark.classList).some((name) => root.classList.contains("off-" + name));
  const part = (source) => {
    const box = document.createElement("div");
    box.className = source.className;
    if (source.matches("li")) {
      box.append(source.querySelector(".said").cloneNode(true));
      return box;
    }
    for (const name of ["label", "attributes", "rule"]) {
      const line = document.createElement(name === "label" ? "span" : "div");
      line.className = name;
      line.append(...Array.from(source.querySelector("." + name).childNodes, (node) => node.cloneNode(true)));
      if (line.textContent) box.append(line);
    }
    return box;
  };
  const hide = () => { tip.hidden = true; current = null; };
  const place = () => {
    const box = current.getClientRects()[0];
    const left = Math.min(box.left, root.clientWidth - tip.offsetWidth - 8);
    const below = box.bottom + 6 + tip.offsetHeight < root.clientHeight;
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = (below ? box.bottom + 6 : Math.max(8, box.top - tip.offsetHeight - 6)) + "px";
  };
  const show = (mark) => {
    clearTimeout(leaving);
    if (mark === current) return;
    const boxes = [];
    for (let it = mark; it; it = it.parentElement.closest("mark[data-d]")) {
      const source = byId(it.dataset.d);
      if (source && !off(it)) boxes.push(part(source));
    }
    if (!boxes.length) { hide(); return; }
    current = mark;
    tip.replaceChildren(...boxes);
    tip.hidden = false;
    place();
  };
  const markOf = (event) => event.target.closest("mark[data-d]");
  document.addEventListener("pointerover", (event) => {
    const mark = markOf(event);
    if (mark) show(mark);
    else if (tip.contains(event.target)) clearTimeout(leaving);
    else if (current && current !== document.activeElement) { clearTimeout(leaving); leaving = setTimeout(hide, 180); }
  });
  document.addEventListener("focusin", (event) => { const mark = markOf(event); if (mark) show(mark); else hide(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  // Moving on by the Tab key scrolls, and must not hide what it has just shown.
  document.addEventListener("scroll", () => {
    if (current && current === document.activeElement) place();
    else hide();
  }, { passive: true, capture: true });
})();
