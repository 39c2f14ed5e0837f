// Pult's service worker: makes the program installable, says so when there is no connection, shows what calls a member while
// no page is looked at, and opens the chat a notification is about. It keeps nothing of the data.
"use strict";

const OFFLINE = "/offline.html";

// Kept beside the program, for it is wanted when nothing can be fetched.
const keep = async () => (await caches.open("pult")).add(new Request(OFFLINE, { cache: "reload" }));
self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || event.request.method !== "GET") return;
  const headers = { "content-type": "text/html; charset=utf-8" };
  const offline = async () => new Response((await caches.match(OFFLINE))?.body, { status: 503, headers });
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
