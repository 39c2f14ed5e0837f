// Last words of a run: where and why each test failed, one line each, for whoever sees only the end of the log.
import type { Reporter, TestCase, TestResult, TestStep } from "@playwright/test/reporter";

/** The innermost step that failed. */
function place(steps: TestStep[]): string[] {
  const step = steps.find((one) => one.error && one.category === "test.step");
  return step ? [step.title, ...place(step.steps)] : [];
}

export default class Failures implements Reporter {
  private readonly lines: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === "passed" || result.status === "skipped") return;
    const said = (result.error?.message ?? result.status).replace(/\u001b\[[\d;]*m/g, "").split("\n").map((line) => line.trim()).filter(Boolean);
    const line = result.error?.location?.line ?? test.location.line;
    const where = [test.title, ...place(result.steps)].join(" › ");
    this.lines.push(`FAILED ${test.parent.project()?.name} ${test.location.file.split("/").pop()}:${line} ${where}: ${said.slice(0, 5).join(" · ")}`);
  }

  onEnd(): void {
    for (const line of this.lines) console.log(line);
  }
}
