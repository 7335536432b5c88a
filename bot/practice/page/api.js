// The page's way to the server: requests, and the live stream of events.

const ask = async (path, options) => {
  const response = await fetch(path, options);
  const content = await response.json();
  if (!response.ok) throw new Error(content.description || String(response.status));
  return content;
};

export const get = (path) => ask(path);

export const post = (path, content) =>
  ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
  });

export const act = (person, name, content = {}) => post(`/practice/people/${person.id}/${name}`, content);

export const sendFile = (person, kind, file, { caption = "", replyTo = 0 } = {}) => {
  const form = new FormData();
  form.append("caption", caption);
  if (replyTo) form.append("reply_to", String(replyTo));
  form.append(kind, file, file.name);
  return ask(`/practice/people/${person.id}/file`, { method: "POST", body: form });
};

export const fileAddress = (file) => `/practice/files/${encodeURIComponent(file.file_unique_id)}`;

export const preview = (file) => get(`${fileAddress(file)}/preview`);

export const listen = (since, heard, state) => {
  const source = new EventSource(`/practice/events?since=${since}`);
  source.onmessage = (event) => heard(JSON.parse(event.data));
  source.onopen = () => state(true);
  source.onerror = () => state(false);
  return source;
};
