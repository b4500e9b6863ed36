/* Charts by keyboard and pointer: each drawing is one stop, in which the arrow keys move through the rows of its table.
   Every word comes from that table. Without this file nothing is missing. */
(() => {
  "use strict";
  const HINT = "The arrow keys move through the figures; Escape ends it.";
  const words = (cell) => cell.textContent.trim().replace(/\s+/g, " ");

  const prepare = (figure) => {
    const drawing = figure.querySelector(".chart__drawing");
    const rows = [...figure.querySelectorAll(".chart__data tbody tr")];
    const heads = [...figure.querySelectorAll(".chart__data thead th")].map(words);
    if (!drawing || !rows.length) return;
    const marks = [...drawing.querySelectorAll("[data-row]")];
    const said = document.createElement("output");
    said.className = "chart__said";
    said.setAttribute("aria-live", "polite");
    drawing.after(said);
    drawing.tabIndex = 0;
    drawing.setAttribute("role", "group");
    drawing.setAttribute("aria-labelledby", `${figure.id}-name`);
    drawing.setAttribute("aria-roledescription", "chart");
    let current = -1;

    const show = (index) => {
      if (index === current) return;
      current = index;
      drawing.classList.toggle("chart__drawing--chosen", index >= 0);
      marks.forEach((mark) => mark.classList.toggle("chosen", Number(mark.dataset.row) === index));
      said.textContent = index < 0 ? "" : [...rows[index].cells]
        .map((cell, column) => (column ? `${heads[column]}: ${words(cell)}` : words(cell))).join(". ");
    };

    drawing.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const last = rows.length - 1;
      const to = {
        ArrowRight: Math.min(current + 1, last),
        ArrowLeft: current < 0 ? last : Math.max(current - 1, 0),
        Home: 0,
        End: last,
        Escape: -1,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      show(to);
    });
    drawing.addEventListener("pointermove", (event) => {
      let nearest = -1;
      let least = Infinity;
      for (const mark of marks) {
        const box = mark.getBoundingClientRect();
        const x = Math.max(box.left - event.clientX, 0, event.clientX - box.right);
        const y = Math.max(box.top - event.clientY, 0, event.clientY - box.bottom);
        const far = Math.hypot(x, y);
        if (far < least) [least, nearest] = [far, Number(mark.dataset.row)];
      }
      if (nearest >= 0) show(nearest);
    });
    drawing.addEventListener("pointerleave", () => { if (document.activeElement !== drawing) show(-1); });
    drawing.addEventListener("focus", () => { if (current < 0) said.textContent = HINT; });
    drawing.addEventListener("blur", () => {
      show(-1);
      said.textContent = "";
    });
  };

  document.querySelectorAll("figure.chart").forEach(prepare);
})();
