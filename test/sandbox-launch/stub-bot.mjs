// Stands for the bot: ready at once, answers everything with 200, dies when told "die".
import { createServer } from "node:http";

const { PORT, HOST, CLIENT_ID, DATA_DIR, NODE_EXTRA_CA_CERTS, PUBLIC_URL } = process.env;
console.log(JSON.stringify({ CLIENT_ID, DATA_DIR, NODE_EXTRA_CA_CERTS, PUBLIC_URL }));
const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    if (Buffer.concat(chunks).includes('"text":"die"')) {
      console.log("these are my last words");
      process.exit(7);
    }
    response.writeHead(200);
    response.end();
  });
});
server.listen(Number(PORT), HOST, () =>
  console.log(JSON.stringify({ event: "listening", port: server.address().port })),
);
