// The lower edge of a chat: Start, or the message box with attachments, commands and the reply keyboard.

import { act, sendFile } from "./api.js";
import { element } from "./message.js";
import { words } from "./words.js";

const iconButton = (className, sign, label) => {
  const node = element("button", `icon ${className}`, sign);
  node.type = "button";
  node.setAttribute("aria-label", label);
  node.title = label;
  return node;
};

const KINDS = [
  ["document", ""],
  ["photo", "image/*"],
  ["voice", "audio/*"],
  ["video", "video/*"],
];

export class Composer {
  constructor(person, page) {
    this.person = person;
    this.page = page;
    this.editing = null;
    this.replying = null;
    this.node = element("div", "composer");
    this.begin = element("button", "begin primary");
    this.begin.type = "button";
    this.begin.addEventListener("click", () => this.started());
    this.note = element("p", "composer-note");
    this.note.hidden = true;
    this.commands = element("ul", "commands");
    this.commands.id = `commands-${person.id}`;
    this.commands.setAttribute("role", "listbox");
    this.commands.setAttribute("aria-label", words.commands);
    this.commands.hidden = true;
    this.line = this.makeLine();
    this.replies = element("div", "reply-keyboard");
    this.node.append(this.begin, this.commands, this.note, this.line, this.replies);
  }

  makeLine() {
    const line = element("form", "line");
    this.menu = iconButton("menu", "/", words.commands);
    this.menu.addEventListener("click", () => {
      this.box.value = this.box.value ? "" : "/";
      this.typed();
      this.box.focus();
    });
    const attach = element("details", "attach");
    const summary = element("summary", "icon");
    // A picture of our own: few machines without a desktop have a font with a paper clip.
    const clip = element("img");
    clip.src = "/page/attach.svg";
    clip.alt = "";
    clip.width = clip.height = 22;
    summary.append(clip);
    summary.setAttribute("aria-label", words.attach);
    summary.title = words.attach;
    const choices = element("div", "popup");
    for (const [kind, accept] of KINDS) choices.append(this.fileChoice(kind, accept, attach));
    for (const [name, chosen] of [
      ["location", () => this.page.askLocation(this.person)],
      ["contact", () => this.page.trying(act(this.person, "contact"))],
      ["sendSticker", () => this.page.trying(act(this.person, "sticker", { emoji: "👍" }))],
    ]) {
      const choice = element("button", "", words[name]);
      choice.type = "button";
      choice.addEventListener("click", () => {
        attach.open = false;
        chosen();
      });
      choices.append(choice);
    }
    attach.append(summary, choices);
    attach.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !attach.contains(event.relatedTarget)) attach.open = false;
    });
    attach.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        attach.open = false;
        summary.focus();
      }
    });
    this.box = element("textarea", "box");
    this.box.rows = 1;
    this.box.maxLength = 4096;
    this.box.placeholder = words.message;
    this.box.setAttribute("aria-label", words.message);
    this.box.setAttribute("aria-controls", this.commands.id);
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.send = iconButton("send", "➤", words.send);
    this.send.type = "submit";
    line.append(this.menu, attach, this.box, this.send);
    line.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    line.addEventListener("paste", (event) => this.pasted(event));
    return line;
  }

  fileChoice(kind, accept, attach) {
    const choice = element("label", "", words[kind]);
    const input = element("input", "hidden");
    input.type = "file";
    input.accept = accept;
    input.dataset.kind = kind;
    input.addEventListener("change", () => {
      attach.open = false;
      for (const file of input.files) this.page.trying(sendFile(this.person, kind, file, { replyTo: this.replying }));
      this.endEdit();
      input.value = "";
      this.focus();
    });
    choice.append(input);
    return choice;
  }

  show(person, hasBot) {
    this.person = person;
    const talking = person.started && !person.blocked;
    this.begin.hidden = talking;
    this.begin.disabled = !hasBot;
    this.begin.textContent = !hasBot ? words.waitingForBot : person.blocked ? words.unblock : words.start;
    this.line.hidden = !talking;
    this.menu.hidden = !person.commands.length;
    this.showReplies(talking ? person.reply_keyboard : null);
  }

  showReplies(markup) {
    this.replies.replaceChildren();
    this.replies.hidden = !markup?.keyboard;
    this.box.placeholder = markup?.input_field_placeholder || words.message;
    for (const row of markup?.keyboard || []) {
      const line = element("div", "keyboard-row");
      for (const button of row) {
        const key = element("button", button.style ? `key ${button.style}` : "key", button.text);
        key.type = "button";
        key.addEventListener("click", () => this.reply(button));
        line.append(key);
      }
      this.replies.append(line);
    }
  }

  reply(button) {
    if (button.request_location) this.page.askLocation(this.person);
    else if (button.request_contact) this.page.trying(act(this.person, "contact"));
    else this.page.trying(act(this.person, "text", { text: button.text }));
  }

  started() {
    const action = this.person.blocked && this.person.started ? ["block", { blocked: false }] : ["start", {}];
    this.page.trying(act(this.person, ...action)).then(() => this.focus());
  }

  edit(message) {
    this.replying = null;
    this.editing = message.message_id;
    this.note.hidden = false;
    this.note.textContent = words.editing;
    this.box.value = message.text;
    this.grow();
    this.box.focus();
  }

  answer(message) {
    this.endEdit();
    this.replying = message.message_id;
    this.note.hidden = false;
    this.note.textContent = words.replying(message.from.first_name);
    this.box.focus();
  }

  endEdit() {
    this.editing = null;
    this.replying = null;
    this.note.hidden = true;
    this.box.value = "";
    this.grow();
  }

  async submit() {
    const text = this.box.value.trim();
    if (!text) return;
    const done = this.editing
      ? act(this.person, "edit", { message_id: this.editing, text })
      : act(this.person, "text", { text, reply_to: this.replying });
    this.endEdit();
    this.hideCommands();
    if (!(await this.page.trying(done))) this.box.value = text;
  }

  pasted(event) {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    for (const file of files) {
      const kind = file.type.startsWith("image/") ? "photo" : "document";
      this.page.trying(sendFile(this.person, kind, file, { replyTo: this.replying }));
    }
  }

  focus() {
    // On a phone the keyboard would cover half the chat, so only a real one gets the focus unasked.
    if (!this.line.hidden && matchMedia("(hover: hover)").matches) this.box.focus({ preventScroll: true });
  }

  grow() {
    this.box.rows = Math.min(6, Math.max(1, this.box.value.split("\n").length));
  }

  typed() {
    this.grow();
    const match = /^\/([a-z0-9_]*)$/i.exec(this.box.value);
    const fitting = match
      ? this.person.commands.filter(({ command }) => command.startsWith(match[1].toLowerCase()))
      : [];
    this.commands.replaceChildren();
    fitting.forEach(({ command, description }, index) => {
      const item = element("li", "");
      item.id = `${this.commands.id}-${index}`;
      item.setAttribute("role", "option");
      item.dataset.command = command;
      item.append(element("strong", "", `/${command}`), element("span", "", description));
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        this.choose(command);
      });
      this.commands.append(item);
    });
    this.commands.hidden = !fitting.length;
    if (fitting.length) this.mark(0);
  }

  hideCommands() {
    this.commands.hidden = true;
    this.box.removeAttribute("aria-activedescendant");
  }

  mark(index) {
    const items = [...this.commands.children];
    this.marked = (index + items.length) % items.length;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === this.marked)));
    this.box.setAttribute("aria-activedescendant", items[this.marked].id);
    items[this.marked].scrollIntoView({ block: "nearest" });
  }

  choose(command) {
    this.box.value = `/${command}`;
    this.hideCommands();
    this.submit();
  }

  key(event) {
    if (event.isComposing) return;
    const choosing = !this.commands.hidden;
    if (event.key === "Escape" && (choosing || this.editing || this.replying)) {
      event.preventDefault();
      if (choosing) this.hideCommands();
      else this.endEdit();
    } else if (choosing && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.mark(this.marked + (event.key === "ArrowDown" ? 1 : -1));
    } else if (choosing && (event.key === "Enter" || event.key === "Tab")) {
      event.preventDefault();
      this.choose(this.commands.children[this.marked].dataset.command);
    } else if (event.key === "ArrowUp" && !this.box.value && !this.editing) {
      event.preventDefault();
      this.page.editNewest(this.person);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    }
  }
}
