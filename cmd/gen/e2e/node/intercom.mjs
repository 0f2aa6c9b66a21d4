// Compiles the pages of gen replies --format intercom against the types of Intercom's
// client, and sends them with it to a server that keeps what it gets.
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { IntercomClient } from "intercom-client";
import ts from "typescript";

const file = JSON.parse(await text(process.stdin));
const bodies = file.replies.map((reply) => reply.body);

// The client itself adds the one locale that there is.
const typed = bodies.map(({ locale, ...body }) => body);
const name = join(dirname(fileURLToPath(import.meta.url)), "bodies.ts"); // on no disk
const source = `import type { Intercom } from "intercom-client";
export const bodies: Intercom.CreateExternalPageRequest[] = ${JSON.stringify(typed)};
`;
const options = {
  strict: true, noEmit: true, skipLibCheck: true, types: [],
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
};
const host = ts.createCompilerHost(options);
const { fileExists, readFile } = host;
host.fileExists = (file) => file === name || fileExists(file);
host.readFile = (file) => (file === name ? source : readFile(file));
const problems = ts
  .getPreEmitDiagnostics(ts.createProgram([name], options, host))
  .map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, "\n"));

const sent = [];
const server = createServer(async (request, response) => {
  const body = JSON.parse(await text(request));
  sent.push({ call: `${request.method} ${request.url}`, body });
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ type: "external_page", id: "1", ...body }));
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const client = new IntercomClient({ token: "token", baseUrl: `http://127.0.0.1:${server.address().port}` });
for (const body of bodies) await client.aiContent.createExternalPage(body);
server.close();
console.log(JSON.stringify({ problems, sent }));
