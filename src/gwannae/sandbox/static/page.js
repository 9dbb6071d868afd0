// What the server-drawn page needs beside htmx: the message box with its commands, the form window, scrolling.
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);

  // -- the log stays at its end, unless somebody reads further up; a long answer is shown from its first line -----
  const log = () => one("#main.is-log");
  const atEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 160;
  const toEnd = (box) => { box.scrollTop = box.scrollHeight; };
  let follow = true;
  let mine = false; // the next message on its way answers what this person has sent or pressed
  let stood = null;
  const said = () => { const list = one("#messages"); return { list, all: new Set(list ? list.children : []) }; };

  function reveal(before) {
    const box = log();
    const now = said();
    const fresh = now.list === before.list && [...now.all].find((line) => !before.all.has(line));
    if (box && (follow || mine)) {
      const top = fresh ? fresh.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop : Infinity;
      box.scrollTop = Math.min(box.scrollHeight - box.clientHeight, top);
    }
    mine = false;
  }

  document.addEventListener("scroll", (event) => {
    if (event.target === log()) follow = atEnd(event.target);
  }, true);

  // -- the form window ---------------------------------------------------------------------------------------------
  const modal = () => one("#modal");
  let typed = null;
  let escapeIsTaken = false;

  // What was typed or chosen since the server last heard of it survives a redrawing of the same form, as in Slack.
  let drawn = new Map();
  let drawnForm = null;
  function fieldsOf(form) {
    const named = [...form.elements].filter((field) => field.name && !field.matches("button, fieldset"));
    return named.map((field) => [ticked(field) ? `${field.name} ${field.value}` : field.name, field]);
  }
  const ticked = (field) => field.matches("[type=checkbox], [type=radio]");
  const valueOf = (field) => (ticked(field) ? field.checked : field.value);

  function keepTyped() {
    const form = one("#modal form");
    if (!form) { typed = null; return; }
    const active = document.activeElement;
    typed = { view: form.dataset.view, focus: form.contains(active) ? active.id : "", values: new Map() };
    for (const [name, field] of fieldsOf(form)) {
      if (drawn.has(name) && drawn.get(name) !== valueOf(field)) typed.values.set(name, valueOf(field));
    }
  }

  function restoreTyped(form) {
    const anew = form !== drawnForm; // else only something beside the form was drawn
    if (anew) {
      drawnForm = form;
      drawn = new Map(fieldsOf(form).map(([name, field]) => [name, valueOf(field)]));
    }
    if (!typed || typed.view !== form.dataset.view) return false;
    if (anew) fillTyped(form);
    const focus = typed.focus && document.getElementById(typed.focus);
    if (focus) focus.focus({ preventScroll: true });
    return Boolean(focus);
  }

  function fillTyped(form) {
    for (const [name, field] of fieldsOf(form)) {
      const value = typed.values.get(name);
      if (value === undefined) continue;
      if (ticked(field)) field.checked = value;
      else if (!field.options || [...field.options].some((option) => option.value === value)) field.value = value;
    }
    for (const words of form.querySelectorAll("[data-b-holds=words]")) {
      words.parentElement.querySelector("[role=combobox]").value = words.value;
    }
  }

  // Closing gives the focus back to the button that opened the form; where that is gone, the message box takes it.
  function closeModal(dialog) {
    dialog.close();
    const line = one("#line");
    if (document.activeElement === document.body && line) line.focus();
  }

  function showModal() {
    const dialog = modal();
    const form = dialog.querySelector("form");
    if (!form) {
      if (dialog.open) closeModal(dialog);
      return;
    }
    if (!dialog.open) dialog.showModal();
    const kept = restoreTyped(form);
    const wrong = form.querySelector("[aria-invalid=true], .b-wrong input, .b-wrong select");
    if (wrong) { wrong.focus(); wrong.closest(".b-input").scrollIntoView({ block: "nearest" }); return; }
    if (kept) return;
    const first = form.querySelector("[autofocus]") || form.querySelector(".sheet-body :is(input:not([type=hidden]), select, textarea, button, a[href])");
    (first || form.querySelector(".sheet-submit, .sheet-close")).focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") escapeIsTaken = Boolean(one("#modal [role=combobox][aria-expanded=true], #modal .b-overflow[open]"));
  }, true);

  document.addEventListener("DOMContentLoaded", () => {
    modal().addEventListener("cancel", (event) => {
      event.preventDefault(); // the server closes it, and tells the app
      if (!escapeIsTaken) one("#modal [data-close]").click();
    });
    showModal();
    const box = log();
    if (box) toEnd(box);
    const line = one("#line");
    if (line && !modal().open && matchMedia("(min-width: 800px)").matches) line.focus();
  });

  // Who works by keyboard stays where they were when a message or the channel list is drawn anew under them.
  let held = null;
  function keepFocus() {
    const active = document.activeElement;
    const home = active.closest(".said, #places, .home");
    const mark = ["hx-vals", "href"].find((name) => active.hasAttribute(name));
    held = home && { home: home.id || "main", tag: active.localName, mark, value: mark && active.getAttribute(mark) };
  }
  function restoreFocus() {
    if (!held || document.activeElement !== document.body) return;
    const home = document.getElementById(held.home);
    if (!home) { const line = one("#line"); if (line) line.focus(); return; }
    const same = [...home.querySelectorAll(held.tag)].find((node) => !held.mark || node.getAttribute(held.mark) === held.value);
    const next = same || home.querySelector("button, select, a[href], summary") || home;
    if (next === home) home.tabIndex = -1;
    next.focus({ preventScroll: true });
  }

  document.addEventListener("htmx:sseBeforeMessage", () => { keepTyped(); keepFocus(); stood = said(); });
  document.addEventListener("htmx:sseMessage", (event) => {
    // htmx ties what is new only when it has settled; a key pressed before that would be lost.
    for (const part of ["#modal", "#main", "#places", "#toast", "#faults"]) htmx.process(one(part));
    showModal();
    showFolding();
    restoreFocus();
    if (event.detail.data.includes('id="m-')) reveal(stood);
  });

  // -- the channel list behind its button, on a narrow screen ------------------------------------------------------
  let unfolded = false;
  function fold(open) {
    unfolded = open;
    one(".frame").classList.toggle("side-open", open);
    one("[data-menu]").setAttribute("aria-expanded", String(open));
    if (open) one("#side summary, #side a").focus();
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-menu]")) fold(!unfolded);
    else if (unfolded && !event.target.closest("#side")) fold(false);
    const option = event.target.closest("#commands [role=option]");
    if (option) take(option);
    const example = event.target.closest("[data-fill]");
    if (example) fill(example.dataset.fill);
    const who = one("[data-who]");
    if (who && who.open && !event.target.closest("[data-who]")) who.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const who = one("[data-who]");
    if (event.key !== "Escape" || modal().open) return;
    if (who && who.open) { who.open = false; who.querySelector("summary").focus(); }
    else if (unfolded) { fold(false); one("[data-menu]").focus(); }
  });
  let whoOpen = false;
  document.addEventListener("toggle", (event) => { if (event.target.matches("[data-who]")) whoOpen = event.target.open; }, true);
  function showFolding() { const who = one("[data-who]"); if (who && whoOpen) who.open = true; }

  // -- the message box and its commands ----------------------------------------------------------------------------
  const commands = () => [...document.querySelectorAll("#commands [role=option]")];
  const shown = () => commands().filter((option) => !option.hidden);
  const pointed = () => one("#commands [aria-selected=true]");

  function point(option) {
    for (const each of commands()) each.setAttribute("aria-selected", String(each === option));
    const line = one("#line");
    if (!option) { line.removeAttribute("aria-activedescendant"); return; }
    line.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function suggest() {
    const line = one("#line");
    const word = line.value;
    const wanted = word.startsWith("/") && !/\s/.test(word);
    for (const option of commands()) option.hidden = !wanted || !option.dataset.command.startsWith(word);
    const open = shown().length > 0 && !(shown().length === 1 && shown()[0].dataset.command === word);
    one("#commands").hidden = !open;
    line.setAttribute("aria-expanded", String(open));
    point(open ? shown()[0] : null);
  }

  function close() {
    one("#commands").hidden = true;
    one("#line").setAttribute("aria-expanded", "false");
    point(null);
  }

  const take = (option) => fill(`${option.dataset.command} `);

  function fill(words) {
    const line = one("#line");
    line.value = words;
    close();
    grow(line);
    line.focus();
  }

  function grow(line) {
    line.rows = Math.min(8, Math.max(1, line.value.split("\n").length));
  }

  document.addEventListener("input", (event) => {
    if (event.target.id !== "line") return;
    suggest();
    grow(event.target);
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "line" || event.isComposing) return; // Enter that ends a Hangul syllable is no Enter
    const open = !one("#commands").hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const options = shown();
      const by = event.key === "ArrowDown" ? 1 : -1;
      point(options[(options.indexOf(pointed()) + by + options.length) % options.length]);
    } else if (open && event.key === "Escape") {
      close();
    } else if (open && pointed() && (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey))) {
      event.preventDefault();
      take(pointed());
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (event.target.value.trim()) event.target.form.requestSubmit();
    }
  });

  document.addEventListener("htmx:beforeSend", (event) => {
    if (event.target.closest("#composer, .said")) mine = true;
    if (event.target.id !== "composer") return;
    const line = one("#line");
    line.value = "";
    grow(line);
    close();
  });

  // -- a file beside the message box: the same file may be chosen again ---------------------------------------------
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.id === "attach") event.target.value = "";
  });
})();
