/* Comfort for readers with scripts: tables that can be sorted, and lists opened where there is room.
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
})();

/* Search: its files are fetched while the reader types, each once. macros/publishing/search.py says what they hold. */
(() => {
  "use strict";
  const { search: index, base } = document.body.dataset;
  const box = document.querySelector("#search");
  const found = document.querySelector("#found");
  if (!index || !box || location.protocol === "file:") return;

  box.form.hidden = false;
  const start = new URL(index, location);
  const files = new Map();
  const cards = new Map();
  let turn = 0, pause;

  const read = (name, options) => {
    if (!files.has(name)) {
      files.set(name, fetch(new URL(name, start), options).then((answer) => {
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        return answer.json();
      }));
    }
    return files.get(name);
  };
  // The host is asked whether this is the newest. The other files have other names once they hold anything else.
  const contents = () => read(start.href, { cache: "no-cache" });

  const divided = (text) =>
    text.toLowerCase().replace(/['’]/g, "").normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? [];
  const plurals = [[/(..)ies$/, "$1y"], [/(ss|x|ch|sh)es$/, "$1"], [/(..[^isu])s$/, "$1"]];
  const singular = (word) => {
    const [ending, one] = plurals.find(([ends]) => ends.test(word)) ?? ["", ""];
    return word.replace(ending, one);
  };

  // The first key that begins with a word stands for every word that does.
  const keyed = async (word) => {
    const { folder, last } = await contents();
    const file = last.findIndex((key) => key >= word);
    if (file < 0) return undefined;
    const { keys, pages } = await read(`${folder}/words-${file}.json`);
    for (const [page, card] of Object.entries(pages)) cards.set(Number(page), card);
    return keys.find(([key]) => key.startsWith(word));
  };
  // A plural that no page has finds what its singular finds.
  const looked = async (word) => (await keyed(word)) ?? keyed(singular(word));

  // Every word must be found. Titles come before texts, and a word before what only begins with it.
  const ranked = async (typed) => {
    const entries = await Promise.all(divided(typed).map(looked));
    let scores = new Map();
    entries.forEach((entry, word) => {
      const own = new Map();
      (entry?.slice(1) ?? []).forEach((steps, place) => {
        let page = 0;
        for (const step of steps) {
          page += step;
          if (!word || scores.has(page)) own.set(page, place + (scores.get(page) ?? 0));
        }
      });
      scores = own;
    });
    return [...scores].sort(([one, a], [other, b]) => a - b || one - other).map(([page]) => page);
  };

  // The first pages of a list that one more file can show. The others wait until the reader asks for more.
  const next = async (pages) => {
    const { folder, pages: each, shown } = await contents();
    const missing = pages.slice(0, shown).find((page) => !cards.has(page));
    if (missing !== undefined) {
      const file = Math.floor(missing / each);
      const held = await read(`${folder}/pages-${file}.json`);
      held.forEach((card, place) => cards.set(file * each + place, card));
    }
    return pages.filter((page) => cards.has(page)).slice(0, shown);
  };

  const element = (name, text = "") => Object.assign(document.createElement(name), { textContent: text });
  const item = (page) => {
    const [address, title, text] = cards.get(page);
    const link = element("a", title);
    link.href = new URL(address, new URL(base, location)).href;
    const one = element("li");
    one.append(link, element("span", text));
    return one;
  };
  const tell = (...parts) => {
    found.replaceChildren(...parts);
    found.hidden = false;
  };
  const close = () => {
    turn += 1;
    clearTimeout(pause);
    found.hidden = true;
  };

  // What was fetched is forgotten when the host fails: a site that was published again has other files.
  const guarded = async (asked, work) => {
    try {
      await work();
    } catch {
      files.clear();
      cards.clear();
      if (asked === turn) tell(element("p", "The search does not answer. Try again."));
    }
  };

  const answer = async (asked, typed) => {
    let rest = await ranked(typed);
    const count = element("p", rest.length === 1 ? "1 page found" : `${rest.length || "No"} pages found`);
    const list = element("ul");
    const more = element("button", "Show more pages");
    more.type = "button";
    const add = async () => {
      const pages = await next(rest);
      // An answer may come after the reader has typed on or turned away.
      if (asked !== turn) return;
      rest = rest.filter((page) => !pages.includes(page));
      const items = pages.map(item);
      list.append(...items);
      if (more.isConnected) items[0].querySelector("a").focus();
      else tell(count, list, more);
      more.hidden = !rest.length;
    };
    more.addEventListener("click", () => guarded(asked, add));
    await add();
  };
  const ask = (typed) => {
    clearTimeout(pause);
    const asked = turn += 1;
    return typed.trim() ? guarded(asked, () => answer(asked, typed)) : close();
  };

  box.addEventListener("focus", () => contents().catch(() => files.clear()));
  // Who types fast fetches nothing for the beginnings of a word, and nobody does for its first letter.
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => ask(box.value.replace(/(^|\s)\p{L}$/u, "")), 150);
  });
  box.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await ask(box.value);
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
