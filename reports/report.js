(() => {
  "use strict";
  const find = (id) => document.getElementById(id);

  // A page from an attachment may have no storage: it works without.
  const prefix = `vapid-to-rest:${document.querySelector("header p code")?.textContent ?? ""}:`;
  const keep = (key, value) => {
    try {
      if (value) localStorage.setItem(prefix + key, value);
      else localStorage.removeItem(prefix + key);
    } catch {}
  };
  const kept = (key) => {
    try {
      return localStorage.getItem(prefix + key) ?? "";
    } catch {
      return "";
    }
  };

  const theme = find("theme");
  const paint = () => {
    if (theme.value) document.documentElement.dataset.theme = theme.value;
    else delete document.documentElement.dataset.theme;
  };
  theme.value = kept("theme");
  theme.addEventListener("change", () => {
    keep("theme", theme.value);
    paint();
  });
  paint();
  find("theme-box").hidden = false;

  // More rows at once than anyone reads would make a table slow to lay out.
  const most = 200;
  const watch = (box, input, told, nodes, fits, more) => {
    let limit = more ? most : Infinity;
    const texts = new Map(nodes.map((node) => [node, node.textContent.toLowerCase()]));
    const filter = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const node of nodes) {
        const show = fits(node) && words.every((word) => texts.get(node).includes(word));
        if (node.hidden === show) node.hidden = !show;
        if (show) shown += 1;
        if (more) node.classList.toggle("later", show && shown > limit);
      }
      if (more) {
        more.hidden = shown <= limit;
        more.firstElementChild.textContent = `Show all ${shown}`;
      }
      told.textContent = shown < nodes.length ? `${shown} of ${nodes.length}` : "";
    };
    input.addEventListener("input", filter);
    more?.firstElementChild.addEventListener("click", () => {
      limit = Infinity;
      filter();
    });
    box.hidden = false;
    // A browser may bring back what was typed before a reload.
    filter();
    return filter;
  };

  const files = Array.from(document.querySelectorAll("article.file"));
  if (files.length) {
    watch(find("files-box"), find("files-filter"), find("files-count"), files, () => true);
  }

  const boxes = Array.from(document.querySelectorAll(".checklist input"));
  const tell = () => {
    const done = boxes.filter((box) => box.checked).length;
    find("ticked").textContent = `${done} of ${boxes.length} done.`;
  };
  for (const box of boxes) {
    box.checked = kept(box.dataset.key) === "done";
    box.addEventListener("change", () => {
      keep(box.dataset.key, box.checked ? "done" : "");
      tell();
    });
  }
  if (boxes.length) {
    tell();
    find("ticks").hidden = false;
  }

  const table = find("endpoint-table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const status = find("status");
  const filter = watch(find("filter-box"), find("filter"), find("filter-count"), rows, (row) => {
    return !status.value || row.dataset.status === status.value;
  }, find("more-box"));
  status.addEventListener("change", filter);

  const key = (row, index) => {
    const cell = row.cells[index];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  const collator = new Intl.Collator("en", { numeric: true });
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sign = down ? -1 : 1;
      const keys = new Map(rows.map((row) => [row, key(row, index)]));
      rows.sort((a, b) => sign * collator.compare(keys.get(a), keys.get(b)));
      body.append(...rows);
      filter();
    });
  });
})();
