// The little that htmx cannot do for Slack's blocks: type-ahead lists, Enter in a field, links that also tell the app,
// and questions asked before an action.
(() => {
  "use strict";
  const boxOf = (node) => node && node.closest("[data-b-combobox]");
  const fieldOf = (box) => box.querySelector("[role=combobox]");
  const listOf = (box) => box.querySelector("[role=listbox]");
  const heldBy = (box, what) => box.querySelector(`[data-b-holds=${what}]`);
  const itemsOf = (box) => [...listOf(box).querySelectorAll("[role=option]")];

  function show(box, open) {
    const field = fieldOf(box);
    listOf(box).hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) point(box, null);
  }

  function point(box, item) {
    for (const one of itemsOf(box)) one.setAttribute("aria-selected", String(one === item));
    const field = fieldOf(box);
    if (!item) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  function move(box, by) {
    const items = itemsOf(box);
    if (!items.length) return htmx.trigger(fieldOf(box), "b:asked");
    if (listOf(box).hidden) show(box, true);
    const now = items.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = now < 0 ? (by > 0 ? 0 : items.length - 1) : (now + by + items.length) % items.length;
    point(box, items[next]);
  }

  function choose(box, item) {
    keep(box, item.dataset.bValue, item.dataset.bText);
    fieldOf(box).value = item.dataset.bText;
    show(box, false);
  }

  function keep(box, value, words) {
    const held = heldBy(box, "value");
    const changed = held.value !== value;
    held.value = value;
    heldBy(box, "words").value = words;
    if (changed && held.hasAttribute("hx-post")) htmx.trigger(held, "b:chosen");
  }

  // What was typed and not chosen is no choice: an emptied field takes the choice back, anything else is undone.
  function settle(box) {
    const field = fieldOf(box);
    if (field.value.trim() === "") keep(box, "", "");
    field.value = heldBy(box, "words").value;
    show(box, false);
  }

  // A field that shows its choice asks for everything, not for the words of that choice.
  function typedIn(field) {
    return field.value === heldBy(boxOf(field), "words").value ? "" : field.value;
  }

  document.addEventListener("htmx:configRequest", (event) => {
    const field = event.target;
    if (!field.matches || !field.matches("[data-b-combobox] [role=combobox]")) return;
    const typed = typedIn(field);
    // A form that opens gives its first field the focus: a choice that is there already must not unfold over the rest.
    const asked = event.detail.triggeringEvent;
    const unasked = asked && asked.type === "focus" && heldBy(boxOf(field), "value").value !== "";
    if (unasked || typed.length < Number(field.dataset.bLeast)) {
      event.preventDefault();
      show(boxOf(field), false);
      return;
    }
    event.detail.parameters.value = typed;
  });

  // Suggestions for what is no longer typed must not be chosen: they go when typing goes on, and come too late.
  document.addEventListener("input", (event) => {
    const box = boxOf(event.target);
    if (!box || event.target !== fieldOf(box)) return;
    show(box, false);
    listOf(box).replaceChildren();
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const box = boxOf(event.detail.target);
    if (!box || event.detail.target !== listOf(box)) return;
    if (event.detail.requestConfig.parameters.value !== typedIn(fieldOf(box))) event.detail.shouldSwap = false;
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const box = boxOf(event.detail.target);
    if (box && event.detail.target === listOf(box)) show(box, document.activeElement === fieldOf(box));
  });

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.isComposing) return; // Enter that ends a Hangul syllable is no Enter
    if (event.key === "Escape") closeMenus(null);
    if (event.key === "Enter" && field.matches("[data-b-enter]") && !(field.matches("textarea") && event.shiftKey)) {
      event.preventDefault();
      htmx.trigger(field, "b:entered");
      return;
    }
    if (!field.matches("[role=combobox]") || !boxOf(field)) return;
    const box = boxOf(field);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(box, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const item = listOf(box).hidden ? null : listOf(box).querySelector("[aria-selected=true]");
      if (item) choose(box, item);
    } else if (event.key === "Escape" && !listOf(box).hidden) {
      event.stopPropagation(); // the form itself stays open
      settle(box);
    }
  }, true);

  // mousedown, not click: the field must not lose its focus before the choice is made.
  document.addEventListener("mousedown", (event) => {
    const list = event.target.closest("[data-b-combobox] [role=listbox]");
    if (!list) return;
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const item = event.target.closest("[data-b-combobox] [role=option]");
    if (item) choose(boxOf(item), item);
    const link = event.target.closest("[data-b-opens]");
    if (link) htmx.trigger(link.parentElement, "b:opened");
    closeMenus(event.target.closest(".b-menu") ? null : event.target.closest(".b-overflow"));
  });

  document.addEventListener("focusout", (event) => {
    const box = boxOf(event.target);
    if (box && event.target === fieldOf(box)) settle(box);
  });

  // The browser's own question has a button "취소", which says the opposite when the question is whether to cancel.
  document.addEventListener("htmx:confirm", (event) => {
    const { elt, question, issueRequest } = event.detail;
    if (!question || !elt.dataset.bYes) return;
    event.preventDefault();
    const [title, ...text] = question.split("\n\n");
    const asked = make("dialog", "b-blocks b-ask");
    const yes = make("button", `b-button ${"bDanger" in elt.dataset ? "b-danger" : "b-primary"}`, elt.dataset.bYes);
    const no = make("button", "b-button", elt.dataset.bNo);
    const row = make("div", "b-ask-row");
    row.append(no, yes);
    asked.append(make("h2", "b-ask-title", title), make("p", "b-ask-text", text.join("\n\n")), row);
    asked.setAttribute("role", "alertdialog");
    asked.setAttribute("aria-label", title);
    no.addEventListener("click", () => asked.close());
    yes.addEventListener("click", () => { asked.close(); issueRequest(true); });
    asked.addEventListener("close", () => asked.remove());
    document.body.append(asked);
    asked.showModal(); // the first button, which changes nothing, has the focus
  });

  function make(tag, look, words = "") {
    const made = document.createElement(tag);
    made.className = look;
    made.textContent = words;
    if (tag === "button") made.type = "button";
    return made;
  }

  function closeMenus(except) {
    for (const menu of document.querySelectorAll(".b-overflow[open]")) if (menu !== except) menu.open = false;
  }
})();
