// The reverse proxies of deploy/, as they are handed out: only names, ports and certificates are those of a test.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DEPLOY = join(import.meta.dirname, "../../deploy");
const found = (program: string) => ["/usr/sbin", "/usr/bin", "/usr/local/bin"].map((folder) => join(folder, program)).find((path) => {
  try {
    execFileSync("test", ["-x", path]);
    return true;
  } catch {
    return false;
  }
});

export type Kind = "nginx" | "caddy";
/** Where a proxy listens, and the program it stands before. */
export type Place = { secure: number; plain: number; pult: number; folder: string };

/** The proxy of this kind, unless it is not installed. */
export function proxy(kind: Kind): ((place: Place) => ChildProcess) | undefined {
  const program = found(kind);
  if (!program) return undefined;
  return (place) => {
    mkdirSync(place.folder, { recursive: true });
    return spawn(program, kind === "nginx" ? nginx(place) : caddy(place), { stdio: "ignore", env: { ...process.env, HOME: place.folder, XDG_DATA_HOME: place.folder, XDG_CONFIG_HOME: place.folder } });
  };
}

function nginx({ secure, plain, pult, folder }: Place): string[] {
  const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate], { stdio: "ignore" });
  const site = readFileSync(join(DEPLOY, "nginx.conf"), "utf8")
    .replace(/^\s*listen \[::\].*$/gm, "")
    .replace("listen 80;", `listen 127.0.0.1:${plain};`)
    .replace("listen 443 ssl", `listen 127.0.0.1:${secure} ssl`)
    .replaceAll("server_name pult.example.ru", "server_name 127.0.0.1")
    .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate};`)
    .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`)
    .replaceAll("127.0.0.1:3000", `127.0.0.1:${pult}`);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${join(folder, name)};`).join(" ");
  const user = process.getuid?.() === 0 ? "user root;" : "";
  writeFileSync(join(folder, "nginx.conf"), `${user} daemon off; pid ${folder}/pid; error_log ${folder}/error.log;\nevents {}\nhttp { access_log off; ${temporary}\n${site}\n}`);
  return ["-p", folder, "-c", join(folder, "nginx.conf")];
}

function caddy({ secure, plain, pult, folder }: Place): string[] {
  const site = readFileSync(join(DEPLOY, "Caddyfile"), "utf8").replace(/^pult\.example\.ru/m, "https://127.0.0.1").replaceAll("127.0.0.1:3000", `127.0.0.1:${pult}`);
  writeFileSync(join(folder, "Caddyfile"), `{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\thttp_port ${plain}\n\thttps_port ${secure}\n\tdefault_sni 127.0.0.1\n}\n${site}`);
  return ["run", "--adapter", "caddyfile", "--config", join(folder, "Caddyfile")];
}
