// The page: people, their chats, the clock, and what the server tells.

import { act, get, listen, post } from "./api.js";
import { Chat } from "./chat.js";
import { element } from "./message.js";
import { words } from "./words.js";

const byId = (id) => document.getElementById(id);
const COLUMN_WIDTH = 340;
const MOST_COLUMNS = 4;

const NETWORKS = {
  fine: { faults: [] },
  slow: { faults: [{ method: "*", latency: 3 }] },
  broken: { faults: [{ method: "sendMessage", code: 502, times: 2 }, { method: "editMessageText", cut: "before", times: 1 }] },
  busy: { faults: [{ method: "sendMessage", retry_after: 5, times: 1 }] },
};

class Page {
  constructor() {
    this.people = [];
    this.chats = new Map();
    this.unread = new Map();
    this.bot = null;
    this.active = null;
    this.sideBySide = false;
    this.timezone = "UTC";
    this.clockOffset = 0;
    this.bindTools();
  }

  async open(fresh = false) {
    const { people, bot, timezone, clock, last } = await get("/practice/people");
    if (fresh) this.forget();
    this.people = people;
    this.bot = bot;
    this.timezone = timezone;
    this.setClock(clock);
    // Whoever can be chosen has a chat, also while what was said there is still on its way.
    for (const person of people) this.chatOf(person).showState(person);
    this.showWelcome();
    this.showPeople();
    this.showChats();
    await Promise.all(people.map((person) => this.chatOf(person).load()));
    this.source?.close();
    this.source = listen(last, (event) => this.heard(event), (up) => this.connection(up));
  }

  chatOf(person) {
    if (!this.chats.has(person.id)) {
      const chat = new Chat(person, this);
      this.chats.set(person.id, chat);
      byId("chats").append(chat.node);
      chat.node.addEventListener("focusin", () => this.sideBySide && this.activate(person.id, false));
    }
    return this.chats.get(person.id);
  }

  // What the server tells

  heard(event) {
    if (event.kind === "reset" || event.kind === "people") return void this.open(event.kind === "reset");
    if (event.kind === "clock") return void this.setClock(event);
    if (event.kind === "bot") return void this.botChanged();
    const chat = this.chats.get(event.person);
    if (!chat || (this.bot && event.bot !== this.bot.id)) return;
    chat.heard(event);
    const news = (event.kind === "message" || event.kind === "edited") && event.message.from.is_bot;
    if (news && !this.shown().includes(event.person)) {
      if (event.kind === "message") this.unread.set(event.person, (this.unread.get(event.person) || 0) + 1);
    }
    if (event.kind === "message") this.showPeople();
  }

  async botChanged() {
    const { people, bot } = await get("/practice/people");
    this.bot = bot;
    for (const person of people) this.chatOf(person).showState(person);
    this.showWelcome();
    this.showPeople();
  }

  forget() {
    for (const chat of this.chats.values()) chat.node.remove();
    this.chats.clear();
    this.unread.clear();
    this.active = null;
  }

  // After a silence anything may have happened, even a new world: look again at everything.
  connection(up) {
    if (up && this.silent) void this.open(true);
    this.silent = !up;
    byId("connection").hidden = up;
    byId("connection").textContent = up ? "" : words.lost;
  }

  // People and columns

  shown() {
    if (!this.active) return [];
    if (!this.columns) return [this.active];
    return this.columns;
  }

  chooseColumns() {
    const room = Math.floor(byId("chats").clientWidth / COLUMN_WIDTH);
    const count = Math.min(MOST_COLUMNS, this.people.length, room);
    if (!this.sideBySide || count < 2) return null;
    const kept = (this.columns || []).filter((id) => this.chats.has(id)).slice(0, count);
    if (!kept.includes(this.active)) {
      if (kept.length < count) kept.push(this.active);
      else kept[kept.length - 1] = this.active;
    }
    for (const { id } of this.people) if (kept.length < count && !kept.includes(id)) kept.push(id);
    return this.people.map(({ id }) => id).filter((id) => kept.includes(id));
  }

  activate(id, focus = true) {
    const changed = this.active !== id;
    this.active = id;
    if (changed) {
      this.showChats();
      this.showPeople();
    }
    if (focus) this.chats.get(id).composer.focus();
  }

  showChats() {
    if (this.sideBySide && !this.active && this.people.length) this.active = this.people[0].id;
    this.columns = this.active ? this.chooseColumns() : null;
    const shown = this.shown();
    byId("welcome").hidden = shown.length > 0;
    byId("chats").classList.toggle("columns", shown.length > 1);
    document.body.classList.toggle("chatting", shown.length > 0);
    for (const [id, chat] of this.chats) {
      const wasHidden = chat.node.hidden;
      chat.node.hidden = !shown.includes(id);
      chat.node.classList.toggle("active", id === this.active);
      if (!chat.node.hidden) {
        this.unread.delete(id);
        if (wasHidden) chat.toNewest();
      }
    }
  }

  showPeople() {
    const list = byId("people");
    const shown = this.shown();
    const hadFocus = list.contains(document.activeElement);
    list.replaceChildren(
      ...this.people.map((person, index) => {
        const chosen = shown.includes(person.id);
        const tab = element("button", "person");
        tab.type = "button";
        tab.id = `tab-${person.id}`;
        tab.setAttribute("role", "tab");
        tab.setAttribute("aria-selected", String(chosen));
        tab.setAttribute("aria-controls", `chat-${person.id}`);
        tab.tabIndex = person.id === (this.active || this.people[0].id) ? 0 : -1;
        const avatar = element("span", `avatar avatar-${index % 6}`, person.first_name.slice(0, 1));
        avatar.setAttribute("aria-hidden", "true");
        const names = element("span", "person-names");
        const name = element("span", "person-name", person.first_name);
        name.append(element("span", "person-surname", ` ${person.last_name}`));
        names.append(name, element("span", "person-about", person.about));
        tab.append(avatar, names);
        const count = this.unread.get(person.id);
        if (count) {
          const mark = element("span", "unread", String(count));
          mark.setAttribute("role", "img");
          mark.setAttribute("aria-label", words.unread(count));
          tab.append(mark);
        }
        tab.addEventListener("click", () => this.activate(person.id));
        return tab;
      }),
    );
    if (hadFocus) byId(`tab-${this.active}`)?.focus();
    const total = [...this.unread.values()].reduce((sum, count) => sum + count, 0);
    document.title = total ? `(${total}) Practice chat` : "Practice chat";
  }

  showWelcome() {
    // The page's address may say whom to begin with: ?begin=USERNAME.
    const suggested = new URLSearchParams(location.search).get("begin");
    const first = this.people.find(({ username }) => suggested && username === suggested) || this.people[0];
    byId("welcome-text").textContent = words.welcome(first);
    byId("welcome-start").hidden = false;
    byId("welcome-start").textContent = words.openChat(first);
    byId("welcome-start").onclick = () => this.activate(first.id);
  }

  editNewest(person) {
    const own = [...this.chatOf(person).messages.values()].filter(({ from, text }) => from.id === person.id && text);
    if (own.length) this.chatOf(person).composer.edit(own[own.length - 1]);
  }

  // Links, alerts, dialogs

  followed(person, address) {
    const url = new URL(address);
    if (!["t.me", "telegram.me"].includes(url.hostname)) return false;
    const name = url.pathname.slice(1);
    if (this.bot && name.toLowerCase() === this.bot.username.toLowerCase()) {
      this.trying(act(person, "start", { payload: url.searchParams.get("start") || "" }));
    } else this.alert(words.otherBot(name));
    return true;
  }

  async trying(promise) {
    try {
      return await promise;
    } catch (problem) {
      this.alert(`${words.failed}: ${problem.message}`);
      return null;
    }
  }

  alert(text) {
    byId("alert-text").textContent = text;
    if (!byId("alert").open) byId("alert").showModal();
  }

  ask(id, chosen) {
    const dialog = byId(id);
    const form = dialog.querySelector("form");
    form.reset();
    dialog.onclose = () => dialog.returnValue === "ok" && chosen(Object.fromEntries(new FormData(form)));
    dialog.returnValue = "";
    dialog.showModal();
  }

  askLocation(person) {
    this.ask("location-dialog", ({ latitude, longitude }) =>
      this.trying(act(person, "location", { latitude: Number(latitude), longitude: Number(longitude) })),
    );
  }

  // The clock

  setClock({ now, offset }) {
    this.clockShift = now * 1000 - Date.now();
    this.clockOffset = offset;
    this.tick();
  }

  tick() {
    const now = new Date(Date.now() + this.clockShift);
    byId("clock").textContent = now.toLocaleString("en-GB", {
      timeZone: this.timezone,
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
    });
    const minutes = Math.round(this.clockOffset / 60);
    const parts = [
      [Math.floor(minutes / 1440), words.day],
      [Math.floor((minutes % 1440) / 60), words.hour],
      [minutes % 60, words.minute],
    ];
    const text = parts.filter(([count]) => count).map(([count, word]) => word(count)).join(" ");
    byId("clock-offset").textContent = text ? words.ahead(text) : "";
  }

  timeOfDay(seconds) {
    return new Date(seconds * 1000).toLocaleTimeString("en-GB", {
      timeZone: this.timezone,
      hour: "2-digit",
      minute: "2-digit",
    });
  }

  day(seconds) {
    return new Date(seconds * 1000).toLocaleDateString("en-GB", {
      timeZone: this.timezone,
      weekday: "long",
      day: "numeric",
      month: "long",
    });
  }

  bindTools() {
    setInterval(() => this.tick(), 5000);
    addEventListener("resize", () => {
      this.showChats();
      this.showPeople();
    });
    byId("people").addEventListener("keydown", (event) => this.movedAmongPeople(event));
    for (const button of document.querySelectorAll("[data-forward]")) {
      const seconds = Number(button.dataset.forward);
      button.addEventListener("click", () => this.trying(post("/practice/clock", { add_seconds: seconds })));
    }
    for (const button of document.querySelectorAll("[data-next]")) {
      button.addEventListener("click", () => this.trying(post("/practice/clock", { next: button.dataset.next })));
    }
    byId("network").addEventListener("change", (event) =>
      this.trying(post("/practice/faults", NETWORKS[event.target.value])),
    );
    byId("columns-toggle").addEventListener("click", (event) => {
      this.sideBySide = !this.sideBySide;
      event.currentTarget.setAttribute("aria-pressed", String(this.sideBySide));
      this.showChats();
      this.showPeople();
    });
    byId("add-person").addEventListener("click", () =>
      this.ask("person-dialog", (details) => this.trying(post("/practice/people", details))),
    );
    byId("start-over").addEventListener("click", () => {
      if (confirm(words.startOver)) this.trying(post("/practice/reset", {}));
    });
    byId("tools-toggle").addEventListener("click", (event) => {
      const open = byId("side").classList.toggle("tools-open");
      event.currentTarget.setAttribute("aria-expanded", String(open));
    });
  }

  movedAmongPeople(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.people.findIndex(({ id }) => id === this.active);
    const next = this.people[(at + step + this.people.length) % this.people.length];
    this.activate(next.id, false);
    byId(`tab-${next.id}`).focus();
  }
}

const page = new Page();
page.open().catch(() => page.connection(false));
