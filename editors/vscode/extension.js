// Starts `plumbrule lsp` and leaves everything else to it.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function settings() {
  const all = vscode.workspace.getConfiguration("plumbrule");
  return {
    lang: all.get("lang"),
    figures: all.get("figures"),
    period: all.get("period"),
    lint: all.get("lint"),
  };
}

async function start() {
  const path = vscode.workspace.getConfiguration("plumbrule").get("path") || "plumbrule";
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const cwd = folder?.scheme === "file" ? folder.fsPath : undefined;
  client = new LanguageClient(
    "plumbrule",
    "Plumbrule",
    { command: path, args: ["lsp"], options: { cwd } },
    {
      documentSelector: [
        { language: "plumbrule", scheme: "file" },
        { language: "plumbrule", scheme: "untitled" },
      ],
      initializationOptions: settings(),
      synchronize: {
        configurationSection: "plumbrule",
        fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{plumb,tsv,csv}"),
      },
    },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const text = `Plumbrule: ${path} lsp: ${error.message ?? error}`;
    const open = "Settings / 设置";
    const chosen = await vscode.window.showErrorMessage(text, open);
    if (chosen === open) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "plumbrule.path");
    }
  }
}

async function stop() {
  const old = client;
  client = undefined;
  await old?.stop();
}

async function runTests() {
  const document = vscode.window.activeTextEditor?.document;
  if (client && document?.languageId === "plumbrule") {
    await client.sendRequest("workspace/executeCommand", {
      command: "plumbrule.runTests",
      arguments: [client.code2ProtocolConverter.asUri(document.uri)],
    });
  }
}

exports.activate = async (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand("plumbrule.runTestsOfPack", runTests),
    vscode.commands.registerCommand("plumbrule.restart", async () => {
      await stop();
      await start();
    }),
  );
  await start();
};

exports.deactivate = stop;
