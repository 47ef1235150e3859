// Starts the extension without an editor: `node test/start.js PROGRAM FOLDER`. The editor and the client library
// are made up here; the server is PROGRAM. Prints what came of it as JSON.

const assert = require("node:assert");
const { spawn } = require("node:child_process");
const Module = require("node:module");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const [program, folder] = process.argv.slice(2);
const said = { commands: [], errors: [], sent: [], asked: [] };
const settings = { path: program, lang: "zh", figures: [], period: "", lint: true };
const commands = new Map();

const file = (name) => ({ scheme: "file", fsPath: name, toString: () => pathToFileURL(name).href });
const vscode = {
  workspace: {
    workspaceFolders: [{ uri: file(folder) }],
    getConfiguration: (section) => {
      assert.strictEqual(section, "plumbrule");
      return {
        get: (name) => {
          assert.ok(name in settings, `no setting ${name}`);
          said.asked.push(name);
          return settings[name];
        },
      };
    },
    createFileSystemWatcher: (pattern) => ({ pattern, dispose() {} }),
  },
  window: {
    activeTextEditor: { document: { languageId: "plumbrule", uri: file(path.join(folder, "pack.plumb")) } },
    showErrorMessage: async (text) => void said.errors.push(text),
  },
  commands: {
    registerCommand: (name, run) => {
      commands.set(name, run);
      return { dispose: () => commands.delete(name) };
    },
    executeCommand: async (...all) => void said.sent.push(all),
  },
};

// What the extension uses of the client: a process that is spoken to as the protocol says.
class LanguageClient {
  constructor(id, name, server, options) {
    Object.assign(this, { server, options, waiting: new Map(), n: 0, rest: Buffer.alloc(0) });
    this.code2ProtocolConverter = { asUri: (uri) => uri.toString() };
  }

  async start() {
    const { command, args, options } = this.server;
    this.process = spawn(command, args, { ...options, stdio: ["pipe", "pipe", "inherit"] });
    const failed = new Promise((_, fail) => this.process.once("error", fail));
    this.process.stdin.on("error", () => {});
    this.gone = new Promise((done) => this.process.once("exit", done));
    this.process.stdout.on("data", (bytes) => this.read(bytes));
    const asked = { capabilities: {}, initializationOptions: this.options.initializationOptions };
    said.server = await Promise.race([this.sendRequest("initialize", asked), failed]);
    this.write({ method: "initialized", params: {} });
    const uri = vscode.window.activeTextEditor.document.uri.toString();
    const text = require("node:fs").readFileSync(path.join(folder, "pack.plumb"), "utf8");
    const textDocument = { uri, languageId: "plumbrule", version: 1, text };
    this.write({ method: "textDocument/didOpen", params: { textDocument } });
  }

  async stop() {
    await this.sendRequest("shutdown", null);
    this.write({ method: "exit" });
    said.status = await this.gone;
  }

  async sendRequest(method, params) {
    const id = (this.n += 1);
    const answered = new Promise((done, fail) => this.waiting.set(id, { done, fail }));
    this.write({ id, method, params });
    return answered.then((result) => {
      said.sent.push([method, result]);
      return result;
    });
  }

  write(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  read(bytes) {
    this.rest = Buffer.concat([this.rest, bytes]);
    for (;;) {
      const end = this.rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/.exec(this.rest.subarray(0, end))[1]);
      const last = end + 4 + length;
      if (this.rest.length < last) return;
      const message = JSON.parse(this.rest.subarray(end + 4, last));
      this.rest = this.rest.subarray(last);
      const asked = this.waiting.get(message.id);
      if (asked && "error" in message) asked.fail(new Error(message.error.message));
      else if (asked) asked.done(message.result);
    }
  }
}

const load = Module._load;
Module._load = (name, ...more) => {
  if (name === "vscode") return vscode;
  if (name === "vscode-languageclient/node") return { LanguageClient };
  return load(name, ...more);
};

(async () => {
  const extension = require("../extension.js");
  const context = { subscriptions: [] };
  await extension.activate(context);
  said.commands = [...commands.keys()];
  assert.strictEqual(context.subscriptions.length, commands.size);
  if (said.server) {
    await commands.get("plumbrule.runTestsOfPack")();
    await commands.get("plumbrule.restart")();
    await extension.deactivate();
  }
  console.log(JSON.stringify(said));
})();
