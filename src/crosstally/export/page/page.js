// Everything works without this script; it adds words at a mark, one tab stop a row, and the as-of slider.
"use strict";
const all = (query, root = document) => [...root.querySelectorAll(query)];

// Words at a mark, a step of the toll or a figure of the books: who said it, and the sentence.
const tip = document.getElementById("tip");
const show = (mark, pointer) => {
  tip.firstChild.textContent = mark.dataset.who;
  tip.lastChild.textContent = mark.dataset.words;
  tip.classList.add("on");
  let box = (mark.querySelector(".mk, text") || mark).getBoundingClientRect();
  if (pointer && mark.matches(".strand")) box = { left: pointer.clientX + 9, top: pointer.clientY, bottom: pointer.clientY + 9 };  // a strand is wide
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
  const foot = all("form.asof").map((form) => form.getBoundingClientRect()).find((bar) => bar.height && bar.top < innerHeight && bar.bottom >= innerHeight - 1);
  const below = box.bottom + 9 + tip.offsetHeight <= (foot ? foot.top : innerHeight) || box.top < tip.offsetHeight + 9;
  tip.style.left = left + scrollX + "px";
  tip.style.top = (below ? box.bottom + 9 : box.top - 9 - tip.offsetHeight) + scrollY + "px";
};
const hide = () => tip.classList.remove("on");
for (const mark of all("a[data-words]")) {
  const title = mark.querySelector("title");
  if (title) { mark.setAttribute("aria-label", title.textContent); title.remove(); }
  mark.addEventListener("pointerenter", (event) => show(mark, event));
  if (mark.matches(".strand")) mark.addEventListener("pointermove", (event) => show(mark, event));
  mark.addEventListener("pointerleave", hide);
  mark.addEventListener("focus", () => show(mark));
  mark.addEventListener("blur", hide);
}
addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

// One tab stop a row of marks, and one for the picture of the balance; arrow keys between what is in it and shown at this width.
for (const row of all("svg.row, .flow")) {
  const marks = all("a[data-words]", row), shown = () => marks.filter((mark) => mark.getClientRects().length);
  const stop = (mark) => marks.forEach((m) => m.setAttribute("tabindex", m === mark ? 0 : -1));
  const settle = () => { const seen = shown(); if (!seen.some((mark) => mark.getAttribute("tabindex") === "0")) stop(seen[0] || marks[0]); };
  settle();
  if (row.matches(".flow")) addEventListener("resize", settle);
  for (const mark of marks) mark.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const seen = shown(), next = seen[(seen.indexOf(mark) + step + seen.length) % seen.length];
    stop(next);
    next.focus();
  });
}

// A link into a folded event opens it; a followed figure takes the focus, so that reading goes on from there.
const arrive = () => {
  let target = null;
  try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
  if (!target) return;
  const fold = target.closest("details");
  if (fold && !fold.open) { fold.open = true; target.scrollIntoView(); }
  if (target.tabIndex === -1) target.focus({ preventScroll: true });
};
addEventListener("hashchange", arrive);
arrive();

// As of: what was not yet said is gone, and a row shows what had been reported by then.
for (const event of all("article[data-asof]")) {
  const form = event.querySelector("form.asof"), range = form.querySelector("input");
  const moments = JSON.parse(range.dataset.moments);
  const output = form.querySelector("output"), note = form.querySelector(".note");
  const rows = all("tr[data-steps]", event).map((row) => ({
    row, steps: JSON.parse(row.dataset.steps), value: row.querySelector("td.v"), state: row.querySelector("td.st"), voices: row.querySelector("td.n"),
    full: row.querySelector("td.v").innerText, cls: row.className,
    cell: row.querySelector("td.v a") || row.querySelector("td.v"), kept: [...(row.querySelector("td.v a") || row.querySelector("td.v")).childNodes],
  }));
  const heads = all(".asof-head", event), now = heads.map((h) => h.textContent);
  const toll = event.querySelector("svg.toll[data-start]"), veil = toll && toll.querySelector(".veil");
  form.hidden = false;
  const apply = () => {
    const [at, label, change] = moments[range.value], last = +range.value === moments.length - 1;
    output.textContent = label; note.textContent = change; range.setAttribute("aria-valuetext", `${label}. ${change}`);
    for (const item of all("[data-t]", event)) item.classList.toggle("later", item.dataset.t > at);
    if (veil) {
      const start = Date.parse(toll.dataset.start), share = (Date.parse(at) - start) / (Date.parse(toll.dataset.end) - start);
      veil.setAttribute("x", last ? "100%" : `${(share * 100).toFixed(2)}%`);
      veil.setAttribute("width", last ? "0" : `${(100 - share * 100).toFixed(2)}%`);
    }
    for (const r of rows) {
      const told = r.steps.filter((s) => s[0] <= at), step = told[told.length - 1];
      const whole = step && told.length === r.steps.length;
      r.row.className = whole ? r.cls : r.cls.replace(/\b(ok|no)\b/, "");
      if (whole || !r.steps.length) r.cell.replaceChildren(...r.kept); else r.cell.textContent = step ? step[1] : "…";
      r.state.textContent = step ? step[2] : r.steps.length ? "not yet told" : r.state.textContent;
      r.voices.textContent = step ? step[3] : r.steps.length ? "" : r.voices.textContent;
      heads.forEach((head, n) => { if (head.dataset.row === r.row.dataset.row) head.textContent = whole ? now[n] : step ? step[1] : "…"; });
      const marks = all("a.m", r.row), newest = marks.filter((m) => m.dataset.t <= at).map((m) => m.dataset.t).sort().pop();
      for (const mark of marks) if (mark.dataset.old) mark.classList.toggle("old", mark.dataset.t < newest);
    }
  };
  for (const mark of all("a.m.old", event)) mark.dataset.old = "1";
  range.addEventListener("input", apply);
  apply();
}
