// What a screen reader, a keyboard and weak eyes need of a page: a list of faults, empty where there is none.
() => {
  const faults = [];
  const seen = (node) => {
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    return box.width > 0 && box.height > 0 && style.visibility !== "hidden" && style.opacity !== "0";
  };
  const hidden = (node) => node.closest("[aria-hidden=true], [hidden]") || getComputedStyle(node).clipPath !== "none";
  const told = (node) => `<${node.tagName.toLowerCase()} class="${node.className}"> ${node.textContent.trim().slice(0, 40)}`;
  const all = (selector) => [...document.querySelectorAll(selector)].filter((node) => seen(node) && !hidden(node));

  // Names
  const name = (node) =>
    node.getAttribute("aria-label") ||
    (node.getAttribute("aria-labelledby") && document.getElementById(node.getAttribute("aria-labelledby"))?.textContent) ||
    [...(node.labels || [])].map((label) => label.textContent).join(" ") ||
    node.textContent ||
    node.querySelector("img[alt]:not([alt=''])")?.alt ||
    "";
  for (const node of all("button, a[href], input, select, textarea, summary, audio, [role=tab], [role=log], [role=tabpanel], dialog")) {
    if (!name(node).trim()) faults.push(`no name: ${told(node)}`);
  }
  for (const node of all("img")) if (!node.hasAttribute("alt")) faults.push(`no alt: ${node.src}`);
  for (const node of all("span[aria-label], div[aria-label], p[aria-label]")) {
    if (!node.getAttribute("role")) faults.push(`a name without a role: ${told(node)}`);
  }

  // Structure
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id twice: ${id}`);
  for (const attribute of ["aria-controls", "aria-labelledby", "aria-activedescendant"]) {
    for (const node of document.querySelectorAll(`[${attribute}]`)) {
      if (!document.getElementById(node.getAttribute(attribute))) faults.push(`${attribute} leads nowhere: ${told(node)}`);
    }
  }
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (!document.querySelector("main")) faults.push("no main");
  if (!document.documentElement.lang) faults.push("no language");
  for (const node of document.querySelectorAll("[role=tablist] > *")) {
    if (node.getAttribute("role") !== "tab") faults.push(`in the tablist, no tab: ${told(node)}`);
  }
  if ([...document.querySelectorAll("[role=tab]")].filter((tab) => tab.tabIndex === 0).length !== 1) faults.push("not one tab stop");
  for (const node of all("[role=log]")) {
    if (node.getAttribute("aria-live") !== "polite") faults.push("new messages are not told");
    if (node.tabIndex !== 0) faults.push("the log cannot be scrolled by keys");
  }
  for (const node of all("button, summary, select, a.file")) {
    const box = node.getBoundingClientRect();
    const inline = node.matches(".edit, .command-link");
    if (!inline && (box.width < 24 || box.height < 24)) faults.push(`too small to tap: ${told(node)}`);
  }

  // Contrast, by WCAG
  const parse = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return { rgb: [red, green, blue], alpha };
  };
  const over = (front, back, alpha) => front.map((value, at) => value * alpha + back[at] * (1 - alpha));
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    const page = matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
    return layers.reverse().reduce((back, { rgb, alpha }) => over(rgb, back, alpha), page);
  };
  const light = (rgb) => {
    const [red, green, blue] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !seen(node) || node.closest("script, :disabled, [hidden]")) continue;
    if (getComputedStyle(node).clipPath !== "none") continue;
    const style = getComputedStyle(node);
    const { rgb, alpha } = parse(style.color);
    const back = ground(node);
    const [one, two] = [light(over(rgb, back, alpha)), light(back)].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faults.push(`contrast ${ratio.toFixed(2)}: ${told(node)}`);
  }
  return [...new Set(faults)];
}
