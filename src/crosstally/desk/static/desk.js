// Everything works without this script. It ties the timeline to the map, pairs of two texts to each other, and follows what is being read.
"use strict";
{
  const every = (query, root = document) => [...root.querySelectorAll(query)];

  // The map follows: point at an event, or reach it by keyboard, and its place stands out.
  const dots = every(".map .dot"), word = document.querySelector(".mapword");
  const light = (key) => {
    for (const dot of dots) { dot.classList.toggle("on", dot.dataset.key === key); dot.classList.toggle("dim", key !== null && dot.dataset.key !== key); }
    for (const entry of every(".entry[data-key]")) entry.classList.toggle("on", entry.dataset.key === key);
    if (word) { const dot = dots.find((d) => d.dataset.key === key); word.textContent = dot ? dot.getAttribute("aria-label") : ""; }
  };
  for (const node of [...dots, ...every(".entry[data-key]")]) {
    node.addEventListener("pointerenter", () => light(node.dataset.key));
    node.addEventListener("pointerleave", () => light(null));
    node.addEventListener("focusin", () => light(node.dataset.key));
    node.addEventListener("focusout", () => light(null));
  }

  // Two texts: a figure told by both stands out in both.
  const pairs = every("[data-pair]");
  const pair = (key) => { for (const p of pairs) p.classList.toggle("pair-on", key !== null && p.dataset.pair === key && p.tagName === "A"); };
  for (const p of pairs) {
    p.addEventListener("pointerenter", () => pair(p.dataset.pair));
    p.addEventListener("pointerleave", () => pair(null));
    p.addEventListener("focusin", () => pair(p.dataset.pair));
    p.addEventListener("focusout", () => pair(null));
  }

  // In a narrow window filters that nobody used are folded away: what happened comes first.
  if (matchMedia("(max-width:620px)").matches) for (const more of every("details.more:not([data-used])")) more.open = false;

  // A name given once is kept for the next decision, on this machine alone.
  for (const input of every("input.who")) {
    try {
      input.value = input.value || localStorage.getItem("who") || "";
      input.addEventListener("change", () => localStorage.setItem("who", input.value));
    } catch { /* storage may be off */ }
  }
  for (const form of every(".decideform")) {
    const show = () => { form.querySelector(".correction").hidden = form.kind.value !== "correct"; form.querySelector(".note").hidden = form.kind.value !== "correct"; };
    form.addEventListener("change", show);
    show();
  }
  for (const form of every("form[method=post]")) form.addEventListener("submit", () => { for (const b of every("button", form)) b.disabled = true; });
  addEventListener("pageshow", () => { for (const b of every("form[method=post] button")) b.disabled = false; });

  // One more text to paste, below those there are: by the link, and as soon as the last has something in it.
  const another = () => {
    const all = every(".paste"), last = all[all.length - 1];
    if (!last || all.length >= 40) return null;
    const next = last.cloneNode(true);
    for (const field of every("input, textarea", next)) field.value = "";
    last.after(next);
    every(".paste").forEach((node, n) => { node.querySelector("label").firstChild.textContent = `Text ${n + 1} `; });
    return next;
  };
  for (const link of every(".another")) link.addEventListener("click", (event) => {
    const next = another();
    if (!next) return;
    event.preventDefault();
    next.querySelector("textarea").focus();
  });
  for (const texts of every(".texts")) texts.addEventListener("input", (event) => {
    const areas = every("textarea", texts);
    if (event.target === areas[areas.length - 1] && event.target.value.trim()) another();
  });

  // Files may be dropped anywhere on their field.
  for (const drop of every(".drop")) {
    const input = drop.querySelector("input");
    drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("over"); input.files = event.dataTransfer.files; });
  }

  // Progress: ask for the job's state until all is read, then show the page as it is now.
  for (const job of every("[data-job]")) {
    if (job.dataset.settled) continue;
    const ask = async () => {
      const answer = await fetch(`/api/jobs/${job.dataset.job}`);
      if (!answer.ok) return;
      const state = await answer.json();
      const done = state.items.filter((i) => i.state !== "waiting" && i.state !== "reading").length;
      job.querySelector("progress").value = done;
      every(".items .sc", job).forEach((node, n) => { node.textContent = state.items[n].state === "known" ? "here already" : state.items[n].state; });
      if (state.settled) location.reload(); else setTimeout(ask, 400);
    };
    setTimeout(ask, 300);
  }
}
