// Runs before anything is painted: the scheme that the reader chose, and what only scripts can make use of.
"use strict";

(function () {
  const root = document.documentElement;
  const KEY = "netreg-scheme";
  root.classList.replace("no-js", "js");
  // The table is narrowed after it is read; until then its rows take their place unseen, so that nothing jumps.
  if (location.search) root.classList.add("narrowing");

  function kept() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // some readers allow no storage; the scheme of their system holds
    }
  }

  function keep(scheme) {
    try {
      localStorage.setItem(KEY, scheme);
    } catch {
      return;
    }
  }

  const isDark = () => getComputedStyle(root).colorScheme === "dark" || (!root.dataset.scheme && matchMedia("(prefers-color-scheme: dark)").matches);
  const known = kept();
  if (known === "dark" || known === "light") root.dataset.scheme = known;

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".reg-scheme");
    const other = () => (isDark() ? "light" : "dark");
    const name = () => (button.textContent = other() === "dark" ? "Dark scheme" : "Light scheme");
    button.addEventListener("click", () => {
      root.dataset.scheme = other();
      keep(root.dataset.scheme);
      name();
    });
    name();
    button.hidden = false;
  });
})();
