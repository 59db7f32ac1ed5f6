/** The floor of bench/create.ts: answers what Drover answers and keeps nothing. Tells its parent the port. */
import { createServer } from 'node:http';

const reply = '{"code":0,"message":"success","data":{"task_ids":[1],"created_count":1}}';
const server = createServer((incoming, response) => {
  incoming.resume().on('end', () => response.writeHead(200, { 'Content-Type': 'application/json' }).end(reply));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.(address.port);
});
