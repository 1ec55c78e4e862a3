
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const PER_PAGE = 50;
  const [DOC, KIND, GOLD, FOUND, SECTION, WRONG] = [0, 1, 2, 3, 4, 5];
  const [START, END, LABEL, RULE, ATTRIBUTES] = [0, 1, 2, 3, 4];
  const RIGHT = data.kinds.indexOf("correct");
  const number = (value) => value.toLocaleString("en");
  const make = (name, className, ...parts) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...parts);
    return element;
  };

  const goldOf = (row) => data.docs[row[DOC]].gold[row[GOLD]];
  const foundOf = (row) => data.docs[row[DOC]].found[row[FOUND]];
  const labelsOf = (row) => [goldOf(row), foundOf(row)].filter(Boolean).map((span) => span[LABEL]);

  // What is searched is put together when a search first asks for it.
  let words = null;
  const searched = () => {
    words = words || data.rows.map((row) => {
      const doc = data.docs[row[DOC]];
      const parts = [doc.id];
      for (const span of [goldOf(row), foundOf(row)]) {
        if (!span) continue;
        parts.push(doc.text.slice(span[START], span[END]), data.rules[span[RULE]] || "");
        for (const [name, value] of Object.entries(span[ATTRIBUTES])) parts.push(name, value);
      }
      return parts.join(" ").toLocaleLowerCase();
    });
    return words;
  };

  // Filters
  const search = byId("search");
  const selects = { rule: byId("rule"), section: byId("section"), attribute: byId("attribute") };
  const chips = (box, names, counts, className, on) => names.map((name, i) => {
    const chip = make("button", "chip " + className(i), name + " ", make("span", "n", number(counts[i])));
    chip.type = "button";
    chip.setAttribute("aria-pressed", String(on(i)));
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      narrow();
    });
    box.append(chip);
    return chip;
  });
  const tally = (size, ofRow) => {
    const counts = new Array(size).fill(0);
    for (const row of data.rows) for (const place of new Set(ofRow(row))) counts[place] += 1;
    return counts;
  };
  const pressed = (chip) => chip.getAttribute("aria-pressed") === "true";
  const kinds = chips(byId("kinds"), data.kinds, tally(data.kinds.length, (row) => [row[KIND]]),
    () => "kind", (i) => i !== RIGHT);
  const labels = chips(byId("labels"), data.labels.map((label) => label.name),
    tally(data.labels.length, labelsOf), (i) => data.labels[i].style, () => true);
  const fill = (select, names) => {
    for (const name of [...names].sort()) select.append(new Option(name, name));
  };
  fill(selects.rule, data.rules);
  fill(selects.section, data.sections);
  fill(selects.attribute, new Set(data.rows.flatMap((row) => row[WRONG].map(([name]) => name))));

  let shown = [];
  let page = 0;
  const narrow = () => {
    const wanted = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const texts = wanted.length ? searched() : null;
    const { rule, section, attribute } = selects;
    const kindOn = kinds.map(pressed);
    const labelOn = labels.map(pressed);
    shown = data.rows.map((row, i) => i).filter((i) => {
      const row = data.rows[i];
      const found = foundOf(row);
      return kindOn[row[KIND]] && labelsOf(row).some((label) => labelOn[label])
        && (!rule.value || (found && data.rules[found[RULE]] === rule.value))
        && (!section.value || data.sections[row[SECTION]] === section.value)
        && (!attribute.value || row[WRONG].some(([name]) => name === attribute.value))
        && wanted.every((word) => texts[i].includes(word));
    });
    page = 0;
    render();
  };
  let timer = 0;
  search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(narrow, 120); });
  for (const select of Object.values(selects)) select.addEventListener("change", narrow);
  const reset = (rule, allKinds) => {
    search.value = "";
    for (const select of Object.values(selects)) select.value = "";
    selects.rule.value = rule;
    kinds.forEach((chip, i) => chip.setAttribute("aria-pressed", String(allKinds || i !== RIGHT)));
    labels.forEach((chip) => chip.setAttribute("aria-pressed", "true"));
    narrow();
  };
  byId("reset").addEventListener("click", () => reset("", false));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-rule]");
    if (link) { reset(link.dataset.rule, true); byId("list").focus({ preventScroll: true }); }
  });

  // A stretch of a text with its spans marked. A span that crosses the one before is cut there.
  const marked = (doc, spans, from, to, className) => {
    const out = document.createDocumentFragment();
    const bounds = [...new Set([from, to, ...spans.flatMap((span) => [span[START], span[END]])])]
      .filter((place) => place >= from && place <= to).sort((a, b) => a - b);
    for (let i = 0; i + 1 < bounds.length; i += 1) {
      const [start, end] = [bounds[i], bounds[i + 1]];
      let piece = document.createTextNode(doc.text.slice(start, end));
      const over = spans.filter((span) => span[START] <= start && span[END] >= end)
        .sort((a, b) => (a[END] - a[START]) - (b[END] - b[START]));
      for (const span of over) {
        const name = `${data.labels[span[LABEL]].style} ${className(span)}`.trim();
        piece = make("mark", name, piece);
      }
      out.append(piece);
    }
    return out;
  };

  // The sentence around a stretch, no longer than can be read at a glance.
  const REACH = 220;
  const segmenter = "Segmenter" in Intl ? new Intl.Segmenter("en", { granularity: "sentence" }) : null;
  const sentences = new Map();
  const sentenceOf = (doc, start, end) => {
    if (segmenter && !sentences.has(doc)) {
      sentences.set(doc, Array.from(segmenter.segment(doc.text), (it) => [it.index, it.index + it.segment.length]));
    }
    const around = (sentences.get(doc) || [[0, doc.text.length]]).filter(([a, b]) => a < end && b > start);
    let from = Math.max(around[0][0], start - REACH);
    let to = Math.min(around[around.length - 1][1], end + REACH);
    while (from > around[0][0] && !/\s/.test(doc.text[from - 1])) from += 1;
    while (to < doc.text.length && to < around[around.length - 1][1] && !/\s/.test(doc.text[to])) to -= 1;
    from = Math.min(from, start);
    to = Math.max(to, end);
    while (to > end && /\s/.test(doc.text[to - 1])) to -= 1;
    return [from, to, from > around[0][0], to < around[around.length - 1][1] - 1];
  };

  const layer = (doc, name, spans, focal, [from, to, before, after]) => {
    const inside = spans.filter((span) => span[START] < to && span[END] > from);
    const text = marked(doc, inside, from, to, (span) => (span === focal ? "focal" : "other"));
    const quote = make("q", "", before ? "… " : "", text, after ? " …" : "");
    return make("div", "line", make("span", "", name), quote);
  };
  const given = (name, span, wrong) => {
    const out = make("p", "given", name + " ");
    Object.entries(span[ATTRIBUTES]).forEach(([key, value], i) => {
      out.append(i ? ", " : "", key.replaceAll("_", " ") + " ",
        wrong.some(([other]) => other === key) ? make("b", "", value) : value);
    });
    return out;
  };
  const item = (row) => {
    const doc = data.docs[row[DOC]];
    const [gold, found] = [goldOf(row), foundOf(row)];
    const [start, end] = [
      Math.min(...[gold, found].filter(Boolean).map((span) => span[START])),
      Math.max(...[gold, found].filter(Boolean).map((span) => span[END])),
    ];
    const tag = (span) => make("span", "tag " + data.labels[span[LABEL]].style, data.labels[span[LABEL]].name);
    const head = make("p", "what", make("span", row[KIND] === RIGHT ? "verdict right" : "verdict", data.kinds[row[KIND]]));
    head.append(tag(gold || found));
    if (gold && found && gold[LABEL] !== found[LABEL]) head.append("taken for", tag(found));
    if (found && found[RULE] >= 0) head.append(make("code", "", data.rules[found[RULE]]));
    head.append("in " + data.sections[row[SECTION]]);
    const link = make("a", "", "abstract ", make("bdi", "", doc.id));
    link.href = `#abstract-${row[DOC]}-${data.rows.indexOf(row)}`;
    head.append(link);
    const place = sentenceOf(doc, start, end);
    const out = make("li", "", head,
      layer(doc, "Gold", doc.gold, gold, place), layer(doc, "Prediction", doc.found, found, place));
    if (row[WRONG].length) {
      const list = make("ul", "differ");
      for (const [name, right, wrong] of row[WRONG]) {
        list.append(make("li", "", make("i", "", name.replaceAll("_", " ")), " is ", make("b", "", right),
          ", predicted ", make("span", "wrong", wrong)));
      }
      out.append(list);
    }
    const more = make("details", "", make("summary", "", "attributes"));
    if (gold) more.append(given("gold:", gold, row[WRONG]));
    if (found) more.append(given("prediction:", found, row[WRONG]));
    if (more.querySelector("p")) out.append(more);
    return out;
  };
  const list = byId("list");
  const render = () => {
    const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
    list.replaceChildren(...shown.slice(page * PER_PAGE, (page + 1) * PER_PAGE).map((i) => item(data.rows[i])));
    list.start = page * PER_PAGE + 1;
    byId("pages").hidden = pages === 1;
    byId("back").disabled = page === 0;
    byId("on").disabled = page === pages - 1;
    byId("page").textContent = `page ${number(page + 1)} of ${number(pages)}`;
    byId("status").textContent = shown.length
      ? `${number(shown.length)} of ${number(data.rows.length)} spans` : "No span fits these choices.";
  };
  const turn = (step) => {
    page += step;
    render();
    byId("status").textContent += `, page ${number(page + 1)}`;
    byId("spans").scrollIntoView();
    list.focus({ preventScroll: true });
  };
  byId("back").addEventListener("click", () => turn(-1));
  byId("on").addEventListener("click", () => turn(1));

  // The whole abstract, opened by the address, so that a place in it can be passed on.
  const reader = byId("reader");
  const open = () => {
    const place = /^#abstract-(\d+)(?:-(\d+))?$/.exec(location.hash);
    const doc = place && data.docs[place[1]];
    if (!doc) { if (reader.open) reader.close(); return; }
    const row = data.rows[place[2]];
    const good = new Set();
    for (const other of data.rows) {
      if (other[DOC] === Number(place[1]) && other[KIND] === RIGHT) good.add(goldOf(other)).add(foundOf(other));
    }
    byId("reader-title").textContent = doc.id;
    for (const [id, spans, focal] of [["gold", doc.gold, row && goldOf(row)], ["found", doc.found, row && foundOf(row)]]) {
      byId(id).replaceChildren(marked(doc, spans, 0, doc.text.length,
        (span) => (span === focal ? "focal " : "") + (good.has(span) ? "" : "bad")));
    }
    if (!reader.open) reader.showModal();
    const first = reader.querySelector("mark.focal");
    if (first) first.scrollIntoView({ block: "center" });
    else reader.scrollTop = 0;
  };
  byId("close").addEventListener("click", () => reader.close());
  let opener = null;
  list.addEventListener("click", (event) => { opener = event.target.closest('a[href^="#abstract-"]') || opener; });
  reader.addEventListener("close", () => {
    history.replaceState(null, "", location.pathname + location.search);
    if (opener && opener.isConnected) opener.focus();
  });
  window.addEventListener("hashchange", open);
  narrow();
  open();
})();
