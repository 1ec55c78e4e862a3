from absift.text.cues import tell as tell
