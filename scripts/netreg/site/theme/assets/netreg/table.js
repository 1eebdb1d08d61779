// Narrows and sorts the table of all networks; the state stands in the address. Without it the table is whole.
"use strict";

(function () {
  const form = document.getElementById("facets");
  const table = document.getElementById("all-networks");
  if (!form || !table) return;

  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const count = form.querySelector(".facets__count");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const names = new Map(rows.map((row) => [row, fold(row.dataset.name)]));

  function chosen() {
    return Array.from(new FormData(form)).filter(([, value]) => value.trim() !== "");
  }

  function fits(row, [key, value]) {
    if (key === "name") return fold(value).split(/\s+/).every((word) => names.get(row).includes(word));
    return row.dataset[key].split(" ").includes(value);
  }

  function narrow() {
    const wanted = chosen();
    const shown = rows.filter((row) => {
      row.hidden = !wanted.every((facet) => fits(row, facet));
      return !row.hidden;
    });
    count.textContent = `${shown.length} of ${rows.length} networks`;
    const query = new URLSearchParams(wanted).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  function fill() {
    for (const [key, value] of new URLSearchParams(location.search)) {
      const field = form.elements.namedItem(key);
      if (field) field.value = value;
    }
  }

  function sortBy(column, button) {
    const head = button.parentElement;
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.cells[column].dataset.order || row.cells[column].textContent.trim();
    const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
    rows.sort((one, two) => (down ? -1 : 1) * compare(key(one), key(two)));
    body.append(...rows);
  }

  function makeSortable(head, column) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sortBy(column, button));
    head.replaceChildren(button);
  }

  Array.from(table.tHead.rows[0].cells).forEach(makeSortable);
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => requestAnimationFrame(narrow));
  form.hidden = false;
  document.querySelector(".facets__static").hidden = true;
  fill();
  narrow();
})();
