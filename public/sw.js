// Pult's service worker: makes the program installable, says so when there is no connection, shows what calls a member while
// no page is looked at, and opens the chat a notification is about. It keeps nothing of the data.
"use strict";

const OFFLINE = `<!doctype html><html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width, viewport-fit=cover">
<meta name="color-scheme" content="dark"><meta name="theme-color" content="#0a0c11"><title>Пульт: нет связи</title>
<style>:root{color-scheme:dark;--surface-0:oklch(16% .012 262);--text:oklch(95% .005 262);--text-2:oklch(77% .012 262);
--accent:oklch(80% .14 78);--on-accent:oklch(20% .04 78)}
body{margin:0;min-height:100vh;min-height:100dvh;display:grid;place-content:center;justify-items:center;gap:12px;padding:24px;box-sizing:border-box;
background:var(--surface-0);color:var(--text);font:14px/1.5 "Inter",system-ui,sans-serif;text-align:center}
h1{margin:0;font-size:20px;font-weight:600}p{margin:0;max-width:44ch;color:var(--text-2);text-wrap:pretty}
svg{width:36px;height:36px;color:var(--accent)}
button{margin-top:8px;min-height:40px;padding:0 16px;border:0;border-radius:6px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;cursor:pointer}
button:hover{filter:brightness(1.06)}button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}</style>
<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M12 20h.01"/><path d="M8.5 16.429a5 5 0 0 1 7 0"/><path d="M5 12.859a10 10 0 0 1 5.17-2.69"/><path d="M19 12.859a10 10 0 0 0-2.007-1.523"/><path d="M2 8.82a15 15 0 0 1 4.177-2.643"/><path d="M22 8.82a15 15 0 0 0-11.288-3.764"/><path d="m2 2 20 20"/></svg>
<h1>Нет связи</h1><p>Пульт сейчас недоступен с этого устройства. Ничего не потеряно: сообщения клиентов ждут на сервере.</p>
<button onclick="location.reload()">Попробовать ещё раз</button></html>`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || event.request.method !== "GET") return;
  const offline = () => new Response(OFFLINE, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
  event.respondWith(fetch(event.request).catch(offline));
});

/** Pages of ours, the one last looked at first. */
const pages = () => self.clients.matchAll({ type: "window", includeUncontrolled: true });

/** What somebody sent us; a notice nobody can read still says that there is something. */
function read(data) {
  try {
    return data.json();
  } catch {
    return { id: "", title: "Пульт", body: "Есть новое, откройте чаты.", url: "/chats", tag: "pult" };
  }
}

async function show(data) {
  const notice = read(data);
  const { pathname } = new URL(notice.url, self.location.origin);
  const before = (page) => page.focused && page.visibilityState === "visible" && new URL(page.url).pathname === pathname;
  // Whoever has that very chat before their eyes sees it there.
  if ((await pages()).some(before)) return;
  // The same one again (after a crash of the server, or shown by an open page) makes no noise.
  const shown = await self.registration.getNotifications({ tag: notice.tag });
  const again = shown.some((shown) => shown.data?.id === notice.id);
  await self.registration.showNotification(notice.title, {
    body: notice.body ?? "",
    tag: notice.tag,
    renotify: !again,
    silent: again,
    timestamp: notice.at,
    icon: "/icon-192.png",
    badge: "/badge-96.png",
    data: { id: notice.id, url: notice.url },
  });
}

self.addEventListener("push", (event) => event.waitUntil(show(event.data)));

/** A page that is there already, that very one first; else a new one. */
async function open(url) {
  const there = (await pages()).filter((page) => new URL(page.url).origin === url.origin);
  const page = there.find((page) => new URL(page.url).pathname === url.pathname) ?? there[0];
  if (!page) return self.clients.openWindow(url.href);
  await page.focus().catch(() => {});
  return new URL(page.url).pathname === url.pathname ? page : page.navigate(url.href);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data?.url ?? "/chats", self.location.origin)));
});

/** The browser has changed the address it is reached at. */
async function follow(before, after) {
  const options = { userVisibleOnly: true, applicationServerKey: before?.options?.applicationServerKey };
  const now = (after ?? (await self.registration.pushManager.subscribe(options))).toJSON();
  const input = { endpoint: now.endpoint, p256dh: now.keys.p256dh, auth: now.keys.auth, instead_of: before?.endpoint ?? null };
  const headers = { "content-type": "application/json" };
  await fetch("/api/ui/push_subscribe", { method: "POST", headers, body: JSON.stringify({ input }) });
}

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(follow(event.oldSubscription, event.newSubscription)));
