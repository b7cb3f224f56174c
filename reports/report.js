(() => {
  "use strict";
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // A page from an attachment may have no storage: it works without.
  const prefix = `vapid-to-rest:${find("root")?.textContent ?? ""}:`;
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

  // Browsers break no path at its slashes by themselves; few marks, for each costs time.

  const breakPath = (node) => {
    if (node.childElementCount) return;
    const most = 17;
    let room = most;
    const pieces = [];
    for (const word of node.textContent.match(/\/*[^/]+\/*/g) ?? []) {
      if (word.length > room && pieces.length) {
        pieces.push(document.createElement("wbr"));
        room = most;
      }
      room -= word.length;
      for (const part of word.length > most ? word.split(/(?<=_)/) : [word]) {
        pieces.push(part, ...(part.endsWith("_") ? [document.createElement("wbr")] : []));
      }
    }
    node.replaceChildren(...pieces);
  };
  all(".charts th, h3 code, .checklist code, .todo code, #rest-table code").forEach(breakPath);

  // Colours

  const theme = find("theme");
  const paint = () => {
    if (theme.value) root.dataset.theme = theme.value;
    else delete root.dataset.theme;
  };
  theme.value = kept("theme");
  theme.addEventListener("change", () => {
    keep("theme", theme.value);
    paint();
  });
  paint();
  find("theme-box").hidden = false;

  // Searching: `describe` tells the text of a node and what its choices are compared with.

  const watch = (name, nodes, describe, show) => {
    const form = find(`${name}-filter`);
    const search = form.querySelector("input");
    const told = form.querySelector("output");
    const choices = all("select", form);
    const facts = new Map();
    const learn = (node) => {
      if (!facts.has(node)) facts.set(node, describe(node));
      return facts.get(node);
    };
    const filter = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const chosen = choices.filter((each) => each.value);
      const isActive = words.length + chosen.length > 0;
      const fits = (node) => {
        const fact = learn(node);
        return chosen.every((each) => fact[each.name] === each.value)
          && words.every((word) => fact.text.includes(word));
      };
      const shown = isActive ? nodes.filter(fits) : nodes;
      show(shown, isActive);
      told.textContent = isActive ? `${shown.length} of ${nodes.length}` : "";
    };
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    filter();
    // A browser that comes back to the page brings back what was typed, later than this runs.
    window.addEventListener("pageshow", filter);
    // Before anyone types, so that the first search is as fast as the next.
    (window.requestIdleCallback ?? setTimeout)(() => nodes.forEach(learn));
    return {
      filter,
      forget: (node) => facts.delete(node),
      clear: () => {
        form.reset();
        filter();
      },
    };
  };
  const lower = (node) => node.textContent.toLowerCase();

  // Endpoints: more rows at once than anyone reads would be slow to lay out.

  const table = find("endpoint-table");
  if (table) {
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    const more = find("more-box");
    const paper = matchMedia("print");
    let most = 100;
    for (const row of rows) row.classList.remove("later");
    const { filter } = watch("endpoints", rows, (row) => ({
      text: lower(row),
      status: row.cells[3].textContent,
      method: row.cells[0].textContent,
    }), (shown) => {
      const limit = paper.matches ? Infinity : most;
      const part = shown.slice(0, limit);
      for (const row of part) all("code", row).forEach(breakPath);
      body.replaceChildren(...part);
      more.hidden = shown.length <= limit;
      more.firstElementChild.textContent = `Show all ${shown.length}`;
    });
    paper.addEventListener("change", filter);
    more.firstElementChild.addEventListener("click", () => {
      most = Infinity;
      filter();
    });

    const collator = new Intl.Collator("en", { numeric: true });
    const heads = Array.from(table.tHead.rows[0].cells);
    const key = (row, index) => row.cells[index].dataset.sort ?? row.cells[index].textContent.trim();
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
        // What has nothing to say stands last, whichever way.
        rows.sort((a, b) => !keys.get(a) - !keys.get(b)
          || sign * collator.compare(keys.get(a), keys.get(b)));
        filter();
      });
    });
  }

  // The checklist

  const boxes = all(".checklist input");
  if (boxes.length) {
    const items = boxes.map((box) => box.closest("li"));
    const { filter, forget } = watch("manual", items, (item) => ({
      text: lower(item),
      code: item.querySelector(".rule").textContent,
      state: item.querySelector("input").checked ? "done" : "open",
    }), (shown) => {
      const set = new Set(shown);
      for (const item of items) item.hidden = !set.has(item);
    });
    const tell = () => {
      const done = boxes.filter((box) => box.checked).length;
      find("ticked").textContent = `${done} of ${boxes.length} done.`;
      find("ticked-share").value = done;
    };
    boxes.forEach((box, index) => {
      box.checked = kept(box.dataset.key) === "done";
      forget(items[index]);
      box.addEventListener("change", () => {
        keep(box.dataset.key, box.checked ? "done" : "");
        forget(items[index]);
        tell();
      });
    });
    filter();
    tell();
    find("ticks").hidden = false;
  }

  // Files: a finding is what is searched for, and a file is shown for its findings.

  const files = find("files");
  if (files) {
    const articles = all("article", files);
    const nodes = articles.flatMap((article) => {
      const findings = all(".finding", article);
      return findings.length ? findings : [article];
    });
    const { clear } = watch("files", nodes, (node) => ({
      text: `${lower(node.closest("article").querySelector("h3"))} ${lower(node)}`,
      safety: node.querySelector(".badge")?.textContent,
      code: node.querySelector(".rule")?.textContent,
    }), (shown, isActive) => {
      const set = new Set(shown);
      const parts = new Set(shown.map((node) => node.closest("article")));
      for (const node of nodes) node.hidden = !set.has(node);
      for (const article of articles) article.hidden = !parts.has(article);
      if (!isActive) return;
      for (const part of new Set(shown.map((node) => node.closest("details")))) {
        if (part) part.open = true;
      }
    });

    const reveal = () => {
      const target = location.hash.startsWith("#finding-") && find(location.hash.slice(1));
      if (!target) return;
      if (target.closest("[hidden]")) clear();
      const part = target.closest("details");
      if (part) part.open = true;
      target.scrollIntoView();
    };
    window.addEventListener("hashchange", reveal);
    document.addEventListener("click", (event) => {
      // A second click on the same link changes no hash.
      if (event.target.closest?.('a[href^="#finding-"]')) setTimeout(reveal);
    });
    reveal();
  }

  // Diffs: the page has each line once; numbers and the second view are made when one is opened.

  const readLines = (code) => {
    const lines = [];
    let old = 0;
    let now = 0;
    for (const run of code.children) {
      const kind = run.className;
      let line = null;
      for (const piece of Array.from(run.childNodes)) {
        const parts = piece.nodeType === Node.TEXT_NODE ? piece.data.split(/(?<=\n)/) : [piece];
        for (const part of parts) {
          if (!line) {
            line = { kind, node: document.createElement("span") };
            line.node.className = kind;
            lines.push(line);
          }
          line.node.append(part);
          if (typeof part === "string" && part.endsWith("\n")) line = null;
        }
      }
    }
    for (const line of lines) {
      const start = line.kind === "hunk" && /-(\d+).*? \+(\d+)/.exec(line.node.textContent);
      if (start) [old, now] = [Number(start[1]), Number(start[2])];
      if (line.kind === "same" || line.kind === "removed") line.old = old++;
      if (line.kind === "same" || line.kind === "added") line.now = now++;
    }
    return lines;
  };

  const makeCells = (line, at) => {
    const number = document.createElement("td");
    number.className = "at";
    const cell = document.createElement("td");
    if (line) {
      number.textContent = at;
      cell.className = line.kind;
      cell.append(...line.node.cloneNode(true).childNodes);
      // The sign says what the column and the colour say here.
      cell.firstChild.data = cell.firstChild.data.slice(1);
    }
    return [number, cell];
  };

  const makeSplit = (lines, label) => {
    const split = document.createElement("table");
    split.className = "split";
    const caption = split.createCaption();
    caption.className = "unseen";
    caption.textContent = `${label}, side by side`;
    const head = split.createTHead().insertRow();
    for (const [text, kind] of [["Line", "at"], ["Before", ""], ["Line", "at"], ["After", ""]]) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.className = kind;
      cell.textContent = text;
      head.append(cell);
    }
    const body = split.createTBody();
    let gone = [];
    let come = [];
    const flush = () => {
      for (let index = 0; index < Math.max(gone.length, come.length); index += 1) {
        const [left, right] = [gone[index], come[index]];
        body.insertRow().append(...makeCells(left, left?.old), ...makeCells(right, right?.now));
      }
      gone = [];
      come = [];
    };
    for (const line of lines) {
      if (line.kind === "removed") gone.push(line);
      else if (line.kind === "added") come.push(line);
      else if (line.kind === "same") {
        flush();
        body.insertRow().append(...makeCells(line, line.old), ...makeCells(line, line.now));
      } else if (line.kind === "hunk") {
        flush();
        const cell = body.insertRow().insertCell();
        cell.colSpan = 4;
        cell.className = "hunk";
        cell.textContent = line.node.textContent;
      }
    }
    flush();
    return split;
  };

  const read = new Map();
  const draw = (diff) => {
    const pre = diff.querySelector("pre");
    if (!read.has(diff)) {
      const lines = readLines(pre.firstElementChild);
      for (const { node, old, now } of lines) {
        if (old || now) node.dataset.at = `${old ?? ""}`.padStart(4) + `${now ?? ""}`.padStart(5);
      }
      pre.firstElementChild.replaceChildren(...lines.map((line) => line.node));
      read.set(diff, lines);
    }
    if (root.dataset.diffs === "split" && !diff.querySelector(".split")) {
      diff.append(makeSplit(read.get(diff), pre.getAttribute("aria-label")));
    }
  };

  const diffs = all("details.diff");
  if (diffs.length) {
    const ways = all('[name="diffs"]');
    const choose = (way) => {
      root.dataset.diffs = way;
      for (const each of ways) each.checked = each.value === way;
      diffs.filter((diff) => diff.open).forEach(draw);
    };
    for (const way of ways) {
      way.addEventListener("change", () => {
        keep("diffs", way.value === "split" ? "split" : "");
        choose(way.value);
      });
    }
    for (const diff of diffs) {
      diff.addEventListener("toggle", () => {
        if (diff.open) draw(diff);
      });
    }
    const button = find("open-diffs");
    button.addEventListener("click", () => {
      const open = diffs.some((diff) => !diff.open);
      for (const diff of diffs) diff.open = open;
      button.textContent = open ? "Close all diffs" : "Open all diffs";
    });
    choose(kept("diffs") || "unified");
    find("diffs-box").hidden = false;
  }

  // The search of the part that is shown, by a key

  const searches = all('input[type="search"]');
  document.addEventListener("keydown", (event) => {
    const isTyped = event.target.closest?.('input[type="search"], select');
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyped) return;
    const isReached = (each) => each.closest("section").getBoundingClientRect().top < innerHeight / 2;
    const search = searches.findLast(isReached) ?? searches[0];
    if (!search) return;
    event.preventDefault();
    search.focus();
  });
  find("keys").hidden = !searches.length;
})();
