// One message as a bubble: text, files, place, keyboard.

import { fileAddress, preview } from "./api.js";
import { render } from "./entities.js";
import { words } from "./words.js";

export const element = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};

export const size = (bytes) => {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(bytes < 1e4 ? 1 : 0)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
};

const fileCard = (file, name, sign) => {
  const node = element("a", "file");
  node.href = fileAddress(file);
  node.download = name;
  node.setAttribute("aria-label", `${words.download(name)}, ${size(file.file_size)}`);
  const icon = element("span", "file-icon", sign);
  icon.setAttribute("aria-hidden", "true");
  const about = element("span", "file-about");
  about.append(element("span", "file-name", name), element("span", "file-size", size(file.file_size)));
  node.append(icon, about);
  return node;
};

// Whoever reads the newest message still does when it grows.
const grown = (node) => node.dispatchEvent(new Event("grown", { bubbles: true }));

// The first lines of a Word or Excel file, as soon as the server has looked into it.
const glance = (file, name) => {
  const node = element("div", "preview");
  node.hidden = true;
  if (!/[.](docx|xlsx)$/i.test(name)) return node;
  preview(file)
    .then(({ sheets, lines }) => {
      if (!lines?.length) return;
      if (sheets) node.append(element("p", "preview-about", words.sheets(sheets)));
      const table = element("table");
      table.setAttribute("aria-label", words.previewOf(name));
      for (const line of lines) {
        const row = element("tr");
        row.append(...line.map((cell) => element("td", "", cell)));
        table.append(row);
      }
      node.append(table);
      node.hidden = false;
      grown(node);
    })
    .catch(() => {});
  return node;
};

const recording = (file) => {
  const node = element("audio");
  node.controls = true;
  node.preload = "none";
  node.src = fileAddress(file);
  node.setAttribute("aria-label", words.voiceMessage);
  return node;
};

const extension = (name) => (name.includes(".") ? name.split(".").pop().slice(0, 4).toUpperCase() : "…");

const photo = (sizes) => {
  const file = sizes[sizes.length - 1];
  const node = element("a", "photo");
  node.href = fileAddress(file);
  node.target = "_blank";
  node.rel = "noopener";
  node.setAttribute("aria-label", words.openPhoto);
  const image = element("img");
  image.src = fileAddress(file);
  image.alt = words.photoAlt;
  image.width = file.width;
  image.height = file.height;
  image.addEventListener("load", () => grown(image));
  node.append(image);
  return node;
};

const keyboard = (message, handlers) => {
  const node = element("div", "inline-keyboard");
  for (const row of message.reply_markup.inline_keyboard) {
    const line = element("div", "keyboard-row");
    for (const button of row) {
      const key = element("button", button.style ? `key ${button.style}` : "key", button.text);
      key.type = "button";
      if (button.url) {
        key.append(element("span", "key-link", " ↗"));
        key.title = words.opensLink;
      }
      key.addEventListener("click", () => handlers.onTap(message, button, key));
      line.append(key);
    }
    node.append(line);
  }
  return node;
};

const quoted = (message) => {
  const node = element("div", "quoted");
  node.append(element("span", "hidden", words.replyTo));
  node.append(element("strong", "", message.from.first_name));
  node.append(element("span", "", message.text || message.caption || message.document?.file_name || "…"));
  return node;
};

const content = (message, handlers) => {
  const parts = [];
  const origin = message.forward_origin?.sender_user_name;
  if (origin) parts.push(element("p", "forwarded", words.forwardedFrom(origin)));
  if (message.reply_to_message) parts.push(quoted(message.reply_to_message));
  if (message.photo) parts.push(photo(message.photo));
  if (message.document) {
    const name = message.document.file_name || words.document;
    parts.push(fileCard(message.document, name, extension(name)), glance(message.document, name));
  }
  if (message.voice) parts.push(fileCard(message.voice, words.voiceMessage, "♪"), recording(message.voice));
  if (message.video) parts.push(fileCard(message.video, words.video, "▶"));
  if (message.sticker) {
    const sticker = element("p", "sticker", message.sticker.emoji);
    sticker.setAttribute("role", "img");
    sticker.setAttribute("aria-label", words.sticker(message.sticker.emoji));
    parts.push(sticker);
  }
  if (message.audio) parts.push(fileCard(message.audio, message.audio.file_name || words.audioMessage, "♪"));
  if (message.location) {
    const { latitude, longitude } = message.location;
    parts.push(element("p", "text", `📍 ${words.location}: ${latitude.toFixed(5)}, ${longitude.toFixed(5)}`));
  }
  if (message.contact) {
    parts.push(element("p", "text", `☎ ${message.contact.first_name}, ${message.contact.phone_number}`));
  }
  const text = message.text ?? message.caption;
  if (text) parts.push(render(element("div", "text"), text, message.entities || message.caption_entities, handlers));
  return parts.length ? parts : [element("p", "text", words.unsupported)];
};

export const bubble = (message, clockText, handlers) => {
  const node = element("article", message.from.is_bot ? "message theirs" : "message mine");
  node.dataset.message = message.message_id;
  node.setAttribute("aria-label", `${message.from.first_name}, ${clockText}`);
  const body = element("div", "bubble");
  body.append(...content(message, handlers));
  const foot = element("div", "foot");
  const reply = element("button", "edit", words.reply);
  reply.type = "button";
  reply.addEventListener("click", () => handlers.onReply(message));
  foot.append(reply);
  if (!message.from.is_bot && message.text) {
    const edit = element("button", "edit", words.edit);
    edit.type = "button";
    edit.addEventListener("click", () => handlers.onEdit(message));
    foot.append(edit);
  }
  if (message.edit_date) foot.append(element("span", "edited", words.edited));
  foot.append(element("time", "", clockText));
  body.append(foot);
  node.append(body);
  if (message.reply_markup?.inline_keyboard) node.append(keyboard(message, handlers));
  return node;
};
