"use strict";
(() => {
  const root = document.documentElement, theme = document.getElementById("theme"), form = document.getElementById("filter");
  theme.hidden = false;
  theme.onclick = () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  };
  for (const text of document.querySelectorAll("pre.toml")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.onclick = () => {
      getSelection().selectAllChildren(text);
      const done = () => { button.textContent = "Copied"; };
      if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(done, () => {});
      else if (document.execCommand("copy")) done();
    };
    text.previousElementSibling.append(button);
  }
  if (!form) return;
  form.hidden = false;
  form.onsubmit = (event) => event.preventDefault();
  const all = [...document.querySelectorAll("article.f")].map((at) => [at, at.textContent.toLowerCase(), at.classList[1]]);
  const words = document.getElementById("q"), rule = document.getElementById("rule"), shown = document.getElementById("shown");
  const boxes = [...form.querySelectorAll("[type=checkbox]")];
  const filter = () => {
    const query = words.value.toLowerCase(), kinds = boxes.filter((box) => box.checked).map((box) => box.value);
    let count = 0;
    for (const [at, text, kind] of all) {
      at.hidden = !(kinds.includes(kind) && (!rule.value || at.dataset.rule === rule.value) && text.includes(query));
      count += !at.hidden;
    }
    shown.textContent = count + " of " + all.length + " shown";
  };
  form.oninput = filter;
  filter();
  // What a link leads to is never hidden.
  addEventListener("hashchange", () => {
    const to = document.getElementById(location.hash.slice(1));
    if (to && to.hidden) { to.hidden = false; to.scrollIntoView(); }
  });
})();
