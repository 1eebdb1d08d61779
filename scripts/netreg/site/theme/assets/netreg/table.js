// Narrows and sorts the table of all networks; the state stands in the address. Without it the table is whole.
"use strict";

(function () {
  const form = document.getElementById("facets");
  const table = document.getElementById("all-networks");
  if (!form || !table) return;

  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  const rows = Array.from(body.rows);
  const count = form.querySelector(".facets__count");
  const missing = document.querySelector(".missing");
  const state = { column: 0, down: false };

  // Case, accents and hyphens make no difference: jcat finds J-CAT, and police-dogs what has both words.
  const { bare, slips } = window.netreg;
  const fold = (text) => bare(text).toLowerCase();
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  const known = new Map(rows.map((row) => {
    const text = `${row.dataset.name} ${row.cells[0].textContent}`;
    return [row, { words: new Set(wordsOf(text)), plain: wordsOf(text).join(" "), joined: fold(text).replace(/[^\p{L}\p{N} ]/gu, "") }];
  }));

  const stem = (word) => (word.length > 3 ? word.replace(/s$/, "") : word);
  const has = ({ plain, joined }, word) => plain.includes(stem(word)) || joined.includes(stem(word));

  /** Whether a row has a word that differs from the wanted one by a slip or two. */
  function isNear({ words }, wanted) {
    const most = wanted.length > 6 ? 2 : 1;
    return wanted.length > 2 && Array.from(words).some((word) => slips(wanted, word, most) <= most);
  }

  const chosen = () => Array.from(new FormData(form)).filter(([, value]) => value.trim() !== "");

  function named(text) {
    const wanted = wordsOf(text);
    const exact = rows.filter((row) => wanted.every((word) => has(known.get(row), word)));
    if (exact.length) return { found: exact, slipped: false };
    return { found: rows.filter((row) => wanted.every((word) => has(known.get(row), word) || isNear(known.get(row), word))), slipped: true };
  }

  function narrow() {
    const wanted = chosen();
    const text = form.elements.namedItem("name").value.trim();
    const { found, slipped } = text ? named(text) : { found: rows, slipped: false };
    const terms = wanted.filter(([key]) => key !== "name");
    const shown = new Set(found.filter((row) => terms.every(([key, value]) => row.dataset[key].split(" ").includes(value))));
    for (const row of rows) row.hidden = !shown.has(row);
    const near = slipped && shown.size ? ` with names near “${text}”, which none has` : "";
    const by = terms.map(([key]) => form.elements.namedItem(key).selectedOptions[0].text.replace(/ \(\d+\)$/, ""));
    count.textContent = [`${shown.size} of ${rows.length} networks${near}`, ...by].join(", ");
    table.hidden = !shown.size;
    missing.hidden = shown.size > 0;
    remember(wanted);
  }

  function remember(wanted) {
    const query = new URLSearchParams(wanted);
    if (state.column || state.down) query.set("sort", (state.down ? "-" : "") + key(heads[state.column]));
    const words = query.toString();
    history.replaceState(null, "", (words ? `?${words}` : location.pathname) + location.hash);
  }

  const key = (head) => head.textContent.trim().split(" ")[0].toLowerCase();
  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;

  function sort() {
    heads.forEach((head, at) => (at === state.column ? head.setAttribute("aria-sort", state.down ? "descending" : "ascending") : head.removeAttribute("aria-sort")));
    const value = (row) => row.cells[state.column].dataset.order ?? row.cells[state.column].textContent.trim();
    const unknown = (text) => text === "" || text === "-1" || text === "0";
    // What is not known comes last, whichever way the others go.
    rows.sort((one, two) => {
      const [a, b] = [value(one), value(two)];
      return unknown(a) - unknown(b) || (state.down ? -1 : 1) * compare(a, b);
    });
    body.append(...rows);
  }

  function makeSortable(head, column) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      state.down = state.column === column && !state.down;
      state.column = column;
      sort();
      remember(chosen());
    });
    head.replaceChildren(button);
  }

  function fill() {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of query) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    const wanted = query.get("sort") || "";
    const column = heads.findIndex((head) => key(head) === wanted.replace(/^-/, ""));
    if (column >= 0) Object.assign(state, { column, down: wanted.startsWith("-") });
  }

  fill();
  heads.forEach(makeSortable);
  if (state.column || state.down) sort();
  else heads[0].setAttribute("aria-sort", "ascending");
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => requestAnimationFrame(narrow));
  if (location.search) narrow();
  document.documentElement.classList.remove("narrowing");
})();
