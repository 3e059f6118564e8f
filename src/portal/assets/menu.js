// Closes a menu (`data-menu`) as people expect of menus: with Escape, and by doing something else.

const opened = () => document.querySelector("details[data-menu][open]");

addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && opened();
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

addEventListener("click", (event) => {
  const menu = opened();
  if (menu && !menu.contains(event.target)) menu.open = false;
});

addEventListener("focusin", (event) => {
  const menu = opened();
  if (menu && !menu.contains(event.target)) menu.open = false;
});
