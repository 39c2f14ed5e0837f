// End-to-end tests: the real program, simulators instead of providers, Chromium of the machine.
import { defineConfig } from "@playwright/test";

const postgres = process.env.E2E_POSTGRES_URL;

export default defineConfig({
  testDir: "tests",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["./support/failures.ts"]],
  use: {
    locale: "ru-RU",
    timezoneId: "Asia/Novosibirsk",
    viewport: { width: 1440, height: 900 },
    actionTimeout: 10_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
  projects: [
    { name: "sqlite", metadata: { database: "sqlite" } },
    // The main job, the rules and what people do at the same moment run on both databases; the rest of the pages does not care which one it is.
    ...(postgres ? [{ name: "postgres", metadata: { database: "postgres" }, testMatch: /main-job|morning|power-cut|review-rule|time-machine|together|team-inbox/ }] : []),
  ],
});
