/* Comfort for readers with scripts: search, tables that can be sorted, lists opened where there is room.
   Every page is complete without it. It stores nothing and asks no other host. */
(() => {
  "use strict";

  // Where there is room, the lists beside the page stand open.
  if (matchMedia("(min-width: 64em)").matches) {
    for (const list of document.querySelectorAll("details[data-wide]")) list.open = true;
  }

  // The phone's menu closes with Escape, and the reader is back on its button.
  const menu = document.querySelector(".nav__menu");
  menu?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // Paper shows every figure, also those of a list that is closed on the screen.
  addEventListener("beforeprint", () => {
    for (const closed of document.querySelectorAll("main details:not([open])")) {
      closed.open = true;
      closed.dataset.closed = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const opened of document.querySelectorAll("main details[data-closed]")) {
      opened.open = false;
      delete opened.dataset.closed;
    }
  });

  // Tables: a button in each heading sorts the rows; what it did is said aloud.
  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  document.body.append(said);

  const worth = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  const number = (text) => {
    const found = text.replace(/[,\s]/g, "").replace("\u2212", "-").match(/-?£?\d+(\.\d+)?/);
    return found ? Number(found[0].replace("£", "")) : null;
  };
  const order = (one, other, numeric) => {
    if (!numeric) return one.localeCompare(other, document.documentElement.lang, { numeric: true });
    const [a, b] = [number(one), number(other)];
    // What has no number comes last, whichever way the others go.
    return a === null || b === null ? (a === null) - (b === null) : a - b;
  };

  const sort = (table, heading, column) => {
    const falling = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
    const numeric = heading.classList.contains("number");
    const blank = (row) => numeric && number(worth(row, column)) === null;
    const rows = [...table.tBodies[0].rows].sort((one, other) => {
      const way = falling && !blank(one) && !blank(other) ? -1 : 1;
      return way * order(worth(one, column), worth(other, column), numeric);
    });
    table.tBodies[0].append(...rows);
    said.textContent = `Sorted by ${heading.textContent.trim()}, ${falling ? "highest or last" : "lowest or first"} first.`;
  };

  for (const table of document.querySelectorAll("table.figures")) {
    if (table.tBodies[0].rows.length < 3) continue;
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => sort(table, heading, column));
    });
  }

  // Search: the index and its worker are fetched when the reader first turns to the box.
  const { search: address, base } = document.body.dataset;
  const box = document.querySelector("#search");
  const found = document.querySelector("#found");
  if (!address || !box || !window.Worker || location.protocol === "file:") return;

  box.form.hidden = false;
  let worker, wanted = false;
  const text = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;
  const close = () => { wanted = false; found.hidden = true; };

  const show = ({ items }) => {
    // An answer may come after the reader has turned away.
    if (!wanted) return;
    found.replaceChildren();
    found.hidden = false;
    const count = document.createElement("p");
    count.textContent = items.length === 1 ? "1 page found" : `${items.length || "No"} pages found`;
    found.append(count);
    const list = document.createElement("ul");
    for (const [page] of items.slice(0, 8)) {
      const link = document.createElement("a");
      link.href = new URL(page.location, new URL(base, location)).href;
      link.textContent = text(page.title);
      const teaser = document.createElement("span");
      const words = text(page.text);
      teaser.textContent = words.length > 140 ? `${words.slice(0, 140).replace(/\s\S*$/, "")} …` : words;
      const item = document.createElement("li");
      item.append(link, teaser);
      list.append(item);
    }
    found.append(list);
  };

  const ask = () => {
    const words = box.value.trim();
    if (!words) return close();
    wanted = true;
    // The last word may be only begun.
    worker.postMessage({ type: 2, data: words.split(/\s+/).map((word) => `+${word.replace(/[~^:*+-]/g, "")}*`).join(" ") });
  };

  const start = async () => {
    box.removeEventListener("focus", start);
    worker = new Worker(address);
    const answer = await fetch(new URL("search/search_index.json", new URL(base, location)));
    const { config, docs } = await answer.json();
    worker.addEventListener("message", ({ data }) => {
      if (data.type === 3) show(data.data);
      else ask();
    });
    worker.postMessage({ type: 0, data: { config, docs, options: { suggest: false } } });
    box.addEventListener("input", ask);
  };

  box.addEventListener("focus", start);
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    found.querySelector("a")?.focus();
  });
  box.form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); box.focus(); }
  });
  box.form.addEventListener("focusout", (event) => {
    if (!box.form.contains(event.relatedTarget)) close();
  });
})();

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
