// Pult's service worker: makes the program installable, says so when there is no connection, and opens the chat a
// notification is about. It keeps nothing of the data.
"use strict";

const OFFLINE = `<!doctype html><html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="dark"><title>Пульт: нет связи</title>
<style>body{margin:0;min-height:100vh;display:grid;place-content:center;gap:12px;padding:24px;background:#0a0c11;color:#e7e9ee;
font:16px/1.5 system-ui,sans-serif;text-align:center}p{margin:0;max-width:26em;color:#a7adb9}button{justify-self:center;padding:10px 18px;
border:0;border-radius:8px;background:#5b8cff;color:#0a0c11;font:inherit;font-weight:600}</style>
<h1>Нет связи</h1><p>Пульт сейчас недоступен с этого устройства. Ничего не потеряно: сообщения клиентов ждут на сервере.</p>
<button onclick="location.reload()">Попробовать ещё раз</button></html>`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || event.request.method !== "GET") return;
  const offline = () => new Response(OFFLINE, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
  event.respondWith(fetch(event.request).catch(offline));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? "/chats", self.location.origin);
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((pages) => {
      const page = pages.find((page) => new URL(page.url).origin === url.origin);
      return page ? page.focus().then((page) => page.navigate(url.href)) : self.clients.openWindow(url.href);
    }),
  );
});
