// One person's chat with the bot, as a column.

import { act, get } from "./api.js";
import { Composer } from "./composer.js";
import { bubble, element } from "./message.js";
import { words } from "./words.js";

const NEAR_THE_END = 80;
const ABOVE = 6;

export class Chat {
  constructor(person, page) {
    this.person = person;
    this.page = page;
    this.messages = new Map();
    this.last = 0;
    this.seen = 0;
    this.waiting = new Map();
    this.node = element("section", "chat");
    this.node.id = `chat-${person.id}`;
    this.node.setAttribute("role", "tabpanel");
    this.node.setAttribute("aria-label", words.chatOf(person));
    this.node.hidden = true;
    this.composer = new Composer(person, page);
    this.log = element("div", "log");
    this.log.setAttribute("role", "log");
    this.log.setAttribute("aria-live", "polite");
    this.log.setAttribute("aria-label", words.chatOf(person));
    this.log.tabIndex = 0;
    this.log.addEventListener("scroll", () => this.scrolled());
    this.log.addEventListener("grown", () => this.atEnd && this.toNewest());
    this.down = element("button", "down icon", "↓");
    this.down.type = "button";
    this.down.hidden = true;
    this.down.setAttribute("aria-label", words.toNewest);
    this.down.addEventListener("click", () => this.toEnd());
    this.toast = element("p", "toast");
    this.toast.setAttribute("role", "status");
    this.toast.hidden = true;
    // Who reads the newest message still reads it when the keyboard or the window changes size.
    this.atEnd = true;
    // Who was led to the newest message, and has not scrolled away since, is led to the next one too.
    this.follows = true;
    this.began = null;
    this.unread = null;
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.log);
    const frame = element("div", "log-frame");
    frame.append(this.log, this.down, this.toast);
    this.node.append(this.makeHead(), frame, this.composer.node);
  }

  makeHead() {
    const head = element("header", "chat-head");
    this.avatar = element("span", "avatar bot-avatar");
    this.avatar.setAttribute("aria-hidden", "true");
    const names = element("div", "chat-names");
    this.title = element("h2", "");
    this.state = element("p", "chat-state");
    names.append(this.title, this.state);
    this.you = element("p", "you");
    this.you.append(element("strong", "", words.you(this.person)), element("span", "", this.person.about));
    const more = element("details", "attach more");
    const summary = element("summary", "icon", "⋮");
    summary.setAttribute("aria-label", words.more);
    const choices = element("div", "popup");
    this.blocker = element("button", "", words.block);
    this.blocker.type = "button";
    this.blocker.addEventListener("click", () => {
      more.open = false;
      this.page.trying(act(this.person, "block", { blocked: !this.person.blocked }));
    });
    const eraser = element("button", "", words.deleteChat);
    eraser.type = "button";
    eraser.addEventListener("click", () => {
      more.open = false;
      if (confirm(words.sureToDelete)) this.page.trying(act(this.person, "delete"));
    });
    choices.append(this.blocker, eraser);
    more.append(summary, choices);
    head.append(this.avatar, names, this.you, more);
    return head;
  }

  async load() {
    const { messages, chat, last } = await get(`/practice/people/${this.person.id}/messages`);
    this.messages = new Map(messages.map((message) => [message.message_id, message]));
    this.last = last;
    this.log.replaceChildren();
    this.showState(chat);
    for (const message of messages) this.place(message);
    this.toNewest();
  }

  showState(person) {
    this.person = { ...this.person, ...person };
    const { bot } = this.page;
    this.title.textContent = bot ? bot.first_name : words.noBot;
    this.avatar.textContent = bot ? bot.first_name.slice(0, 1) : "?";
    this.composer.show(this.person, Boolean(bot));
    this.blocker.textContent = this.person.blocked ? words.unblock : words.block;
    this.blocker.parentElement.parentElement.hidden = !this.person.started;
    this.showAction(this.person.action, 5);
    this.showAbout();
  }

  showAbout() {
    this.log.querySelector(".about-bot")?.remove();
    if (this.messages.size) return;
    const { bot } = this.page;
    const description = bot && (bot.descriptions[this.person.language_code] || bot.descriptions[""]);
    const node = element("div", "about-bot");
    if (description) node.append(element("strong", "", words.aboutBot), element("p", "", description));
    else node.append(element("p", "", bot ? words.you(this.person) : words.waitingForBot));
    this.log.append(node);
  }

  showAction(action, seconds) {
    clearTimeout(this.actionTimer);
    this.log.querySelector(".typing")?.remove();
    const known = action && (words.actions[action] || words.actions.typing);
    this.state.textContent = known ? `${known}…` : words.botWord;
    this.state.classList.toggle("busy", Boolean(known));
    if (!known) return;
    const { atEnd } = this;
    const dots = element("div", "typing");
    dots.setAttribute("aria-hidden", "true");
    dots.append(element("span"), element("span"), element("span"));
    this.log.append(dots);
    if (atEnd) this.toEnd();
    this.actionTimer = setTimeout(() => this.showAction("", 0), seconds * 1000);
  }

  handlers() {
    return {
      onLink: (address) => this.page.followed(this.person, address),
      onCommand: (command) => this.page.trying(act(this.person, "text", { text: command })),
      onEdit: (message) => this.composer.edit(message),
      onReply: (message) => this.composer.answer(message),
      onTap: (message, button, key) => this.tap(message, button, key),
    };
  }

  nodeOf(message) {
    return this.log.querySelector(`[data-message="${message.message_id}"]`);
  }

  place(message) {
    this.messages.set(message.message_id, message);
    const made = bubble(message, this.page.timeOfDay(message.date), this.handlers());
    const old = this.nodeOf(message);
    if (!old) {
      this.dateLine(message);
      const typing = this.log.querySelector(".typing");
      if (typing) typing.before(made);
      else this.log.append(made);
      return;
    }
    // Who uses the keyboard stays where they were: on the same button of the new keyboard, else its first.
    const keys = [...old.querySelectorAll(".key")];
    const focused = keys.indexOf(document.activeElement);
    old.replaceWith(made);
    if (focused >= 0) {
      const fresh = made.querySelectorAll(".key");
      (fresh[focused] || fresh[0] || this.log).focus({ preventScroll: true });
    }
  }

  dateLine(message) {
    const day = this.page.day(message.date);
    if (day === this.lastDay && this.log.querySelector(".day")) return;
    this.lastDay = day;
    this.log.append(element("p", "day", day));
  }

  heard(event) {
    const { atEnd, follows } = this;
    switch (event.kind) {
      case "message":
        this.log.querySelector(".about-bot")?.remove();
        if (event.message.from.is_bot) this.showAction("", 0);
        this.place(event.message);
        if (!event.message.from.is_bot) {
          this.person.started = true;
          const keyboard = this.person.reply_keyboard;
          if (keyboard?.one_time_keyboard || keyboard?.force_reply) this.person.reply_keyboard = null;
          this.composer.show(this.person, Boolean(this.page.bot));
          this.blocker.parentElement.parentElement.hidden = false;
        }
        if (!event.message.from.is_bot) this.toEnd();
        else if (this.node.hidden) this.unread ??= event.message;
        else if (follows) this.showFrom(this.nodeOf(event.message));
        else this.down.hidden = false;
        break;
      case "edited": {
        const before = this.messages.get(event.message.message_id);
        this.place(event.message);
        const says = (message) => message?.text ?? message?.caption;
        // Other words are read from their beginning; who ticks choices stays at them.
        const isNew = says(before) !== says(event.message) && this.nodeOf(event.message) === this.newest();
        if (atEnd && isNew) this.toNewest();
        else if (atEnd) this.toEnd();
        break;
      }
      case "deleted":
        this.messages.delete(event.message_id);
        this.log.querySelector(`[data-message="${event.message_id}"]`)?.remove();
        break;
      case "action":
        this.showAction(event.action, event.seconds);
        break;
      case "keyboard":
        this.showState({ reply_keyboard: event.reply_keyboard });
        if (atEnd) this.toEnd();
        break;
      case "block":
        this.showState({ blocked: event.blocked });
        break;
      case "answer":
        this.answered(event);
        break;
    }
  }

  async tap(message, button, key) {
    this.follows = true;
    if (button.url) {
      if (!this.page.followed(this.person, button.url)) window.open(button.url, "_blank", "noopener,noreferrer");
      return;
    }
    key.classList.add("waiting");
    key.setAttribute("aria-busy", "true");
    const asked = await this.page.trying(
      act(this.person, "tap", { message_id: message.message_id, data: button.callback_data, text: button.text }),
    );
    const settle = () => {
      key.classList.remove("waiting");
      key.removeAttribute("aria-busy");
    };
    if (!asked || this.early?.has(asked.callback_query_id)) settle();
    else this.waiting.set(asked.callback_query_id, settle);
  }

  answered(event) {
    const settle = this.waiting.get(event.callback_query_id);
    this.waiting.delete(event.callback_query_id);
    // The answer may overtake the response to the tap itself.
    this.early = (this.early || new Set()).add(event.callback_query_id);
    settle?.();
    if (!event.text) return;
    if (event.show_alert) this.page.alert(event.text);
    else this.notify(event.text);
  }

  notify(text) {
    clearTimeout(this.toastTimer);
    this.toast.textContent = text;
    this.toast.hidden = false;
    this.toastTimer = setTimeout(() => (this.toast.hidden = true), 4000);
  }

  nearEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_THE_END;
  }

  toEnd() {
    this.leadTo(this.log.scrollHeight);
  }

  leadTo(top, isEnd = true) {
    this.log.scrollTop = top;
    this.began = isEnd ? null : this.log.scrollTop;
    this.scrolled();
    this.down.hidden = isEnd;
  }

  newest() {
    return [...this.log.querySelectorAll(".message")].pop();
  }

  // What came while one looked elsewhere, else the newest message of the bot.
  toNewest() {
    if (this.node.hidden) return;
    const node = (this.unread && this.nodeOf(this.unread)) || this.newest();
    this.unread = null;
    if (node?.classList.contains("theirs")) this.showFrom(node);
    else this.toEnd();
  }

  // What is taller than the view is read from its beginning.
  showFrom(node) {
    const top = node.offsetTop - this.log.offsetTop - ABOVE;
    if (this.log.scrollHeight - top > this.log.clientHeight) this.leadTo(top, false);
    else this.toEnd();
  }

  scrolled() {
    // At a beginning the end may be near, and yet it is not what is read.
    const begins = this.began !== null && Math.abs(this.log.scrollTop - this.began) <= 1;
    this.atEnd = !begins && this.nearEnd();
    this.follows = begins || this.atEnd;
    if (this.atEnd) this.down.hidden = true;
  }
}
