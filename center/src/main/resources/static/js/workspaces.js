// On a phone the workspaces lie in a row wider than the screen: the one that is open comes into view.
const row = document.querySelector(".workspaces__list");
const open = row?.querySelector("[aria-current]");
if (open) {
    row.scrollLeft = open.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
}
