// Members made as people are: invited by the owner's own page, joined through the link.
import type { Installation } from "./installation.ts";
import type { Page } from "./test.ts";

const PASSWORD = "тёплый-дождь-17";

/** Calls a server function as the signed-in page does. */
export async function call<T = unknown>(page: Page, name: string, input: object): Promise<{ status: number; body: T }> {
  return page.evaluate(
    async ([name, input]) => {
      const answer = await fetch(`/api/ui/${name}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(input) });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : null };
    },
    [name, input] as const,
  );
}

export type Member = { id: string; name: string; email: string; password: string; cookie: string };

/** Invites and joins a member; the owner's page is signed in. */
export async function join(pult: Installation, owner: Page, name: string, email: string, role = "seller"): Promise<Member> {
  const { body } = await call<{ link: string }>(owner, "invites_create", { email, role });
  const token = body.link.split("/").pop() ?? "";
  const form = new URLSearchParams({ token, name, password: PASSWORD });
  const answer = await fetch(`${pult.url}/auth/join`, { method: "POST", body: form, redirect: "manual" });
  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0];
  const member = { id: "", name, email, password: PASSWORD, cookie };
  member.id = (await as<{ user_id: string }>(pult, member, "me", "")).body.user_id;
  return member;
}

/** Calls a server function as this member, from outside a browser. Text is sent as a form, the rest as JSON. */
export async function as<T = unknown>(pult: Installation, member: Member, name: string, input: object | string): Promise<{ status: number; body: T }> {
  const form = typeof input === "string";
  const answer = await fetch(`${pult.url}/api/ui/${name}`, {
    method: "POST",
    headers: { "content-type": form ? "application/x-www-form-urlencoded" : "application/json", cookie: member.cookie, origin: pult.url },
    body: form ? input : JSON.stringify(input),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
}
