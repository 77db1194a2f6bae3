"""What a person or a screen reader is told by a page: for the walk through all pages in a made-up language."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.pseudo import wrong_with

COLLECT = """() => {
  const found = [], spoken = ["aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription"];
  const where = (one) => {
    const name = (node) => node.tagName.toLowerCase() + (node.id ? `#${node.id}` : "")
      + [...node.classList].slice(0, 2).map((word) => `.${word}`).join("");
    return [one.parentElement?.parentElement, one.parentElement, one].filter(Boolean).map(name).join(" > ");
  };
  for (const one of document.querySelectorAll("*")) {
    if (["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD", "META", "LINK", "KBD"].includes(one.tagName)) continue;
    if (one.closest("[translate=no]")) continue;
    const shown = one.tagName === "TITLE" || (one.closest("select, datalist") ?? one).checkVisibility();
    if (!shown) continue;
    const own = [...one.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.data : "")).join("");
    if (own.trim()) found.push([where(one), "text", own.trim().replace(/\\s+/g, " ")]);
    for (const name of spoken) {
      const said = one.getAttribute(name)?.trim();
      if (said) found.push([where(one), name, said.replace(/\\s+/g, " ")]);
    }
  }
  return found;
}"""


class Walk:
    """Looks at pages as they are, and remembers what is not right, each text once."""

    def __init__(self) -> None:
        self.seen, self.wrong = set(), {}

    def look(self, page: Page, state: str) -> None:
        page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        for where, kind, said in page.evaluate(COLLECT):
            self.seen.add(said)
            for wrong in wrong_with(said):
                self.wrong.setdefault((where, kind, wrong), (state, said))

    def told(self) -> str:
        """For the report: how many, and each of them with where it stands."""
        lines, before = [f"{len(self.wrong)} of {len(self.seen)} texts are not right"], set()
        for (where, kind, wrong), (state, said) in self.wrong.items():
            if (place := (where, kind, wrong.partition(":")[0])) not in before:
                before.add(place)
                lines.append(f"[{state}] {where} ({kind}): {wrong}; it says {said[:160]!r}")
        return "\n".join(lines)
