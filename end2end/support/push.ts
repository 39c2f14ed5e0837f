// A browser whose push service is the simulator: Chromium's own cannot be reached here, so what a page asks of it is answered
// with a subscription the simulator made. Everything else is the browser's own.
import type { Page } from "@playwright/test";
import { Provider } from "./provider.ts";

export type Taken = { endpoint: string; topic: string; json: { id: string; title: string; body: string; url: string; tag: string; kind: string } };

/** Lets the pages of this context subscribe at the simulator. To be called before they are opened. */
export async function subscribing(page: Page, pushes: Provider): Promise<void> {
  await page.exposeFunction("subscribeAtSimulator", (key: string) => pushes.ask("subscribe", { key }));
  await page.addInitScript(() => {
    type Made = { endpoint: string; p256dh: string; auth: string };
    const place = "simulated-subscription";
    const of = (made: Made) => ({
      endpoint: made.endpoint,
      toJSON: () => ({ endpoint: made.endpoint, keys: { p256dh: made.p256dh, auth: made.auth } }),
      unsubscribe: async () => {
        localStorage.removeItem(place);
        return true;
      },
    });
    if (!("PushManager" in window)) return;
    PushManager.prototype.getSubscription = async () => {
      const kept = localStorage.getItem(place);
      return (kept ? of(JSON.parse(kept)) : null) as unknown as PushSubscription;
    };
    PushManager.prototype.subscribe = async (options) => {
      const bytes = new Uint8Array(options?.applicationServerKey as ArrayBuffer);
      const key = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
      const made = await (window as unknown as { subscribeAtSimulator: (key: string) => Promise<Made> }).subscribeAtSimulator(key);
      localStorage.setItem(place, JSON.stringify(made));
      return of(made) as unknown as PushSubscription;
    };
  });
}

/** What browsers were told, oldest first. */
export function taken(pushes: Provider): Promise<Taken[]> {
  return pushes.items<Taken>("taken");
}
