// What BullMQ does in one process of ./bench --peers: node peer.mjs <redis port> <mode> <number> …
// It prints "ready" and waits for a line, works, prints one line of JSON, and waits for a line before it ends:
// so the bench can read what Redis has used just before and just after. Results of jobs are kept, as in MRQ.
import readline from 'node:readline/promises';
import { Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';

const [port, mode, ...numbers] = process.argv.slice(2);
const [first, second, third] = numbers.map(Number);
const connect = () => new Redis(Number(port), '127.0.0.1', { maxRetriesPerRequest: null });
const queue = new Queue('bench', { connection: connect() });
const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const seconds = (from) => Number(process.hrtime.bigint() - from) / 1e9;
const micros = () => Math.round((performance.timeOrigin + performance.now()) * 1000);
const cpu = () => { const used = process.cpuUsage(); return used.user + used.system; };
const answer = (figures) => console.log(JSON.stringify(figures));

async function addBulk(from, number, data = {}) {
  for (let i = from; i < from + number; i += 1000) {
    const size = Math.min(1000, from + number - i);
    await queue.addBulk(Array.from({ length: size }, (_, j) => ({ name: 'job', data: { n: i + j, ...data } })));
  }
}

async function begin() {
  console.log('ready');
  await lines.next();
}

// drain <jobs> <concurrency> <milliseconds that a job sleeps>: rates from the first handler to the last completion.
async function drain(jobs, concurrency, millis) {
  await addBulk(0, jobs, { millis });
  const cold = Math.min(20000, Math.floor(jobs / 2));
  const runs = new Uint8Array(jobs);
  let started, startedCpu, warm, warmCpu, completed = 0;
  let finish;
  const finished = new Promise((resolve) => { finish = resolve; });
  const worker = new Worker('bench', async (job) => {
    if (started === undefined) { started = process.hrtime.bigint(); startedCpu = cpu(); }
    runs[job.data.n]++;
    if (job.data.millis > 0) await new Promise((resolve) => setTimeout(resolve, job.data.millis));
    return 1;
  }, { connection: connect(), concurrency, autorun: false });
  worker.on('completed', () => {
    completed++;
    if (completed === cold) { warm = process.hrtime.bigint(); warmCpu = cpu(); }
    if (completed === jobs) finish();
  });
  await worker.waitUntilReady();
  await begin();
  worker.run();
  await finished;
  const figures = {
    rate: jobs / seconds(started),
    coldRate: cold / (Number(warm - started) / 1e9),
    warmRate: (jobs - cold) / seconds(warm),
    cpu: (cpu() - startedCpu) / jobs,
    warmCpu: (cpu() - warmCpu) / (jobs - cold),
    seconds: seconds(started),
  };
  if (await queue.getCompletedCount() !== jobs || runs.some((n) => n !== 1)) {
    throw new Error('not every job ran exactly once');
  }
  answer(figures);
  await lines.next();
}

// enqueue <single jobs> <parallel jobs> <bulk jobs>: after a warm-up of each.
async function enqueue(single, parallel, bulk) {
  let n = 0;
  const one = () => queue.add('job', { n: n++ });
  const inParallel = async (jobs, inFlight) => {
    const last = n + jobs;
    await Promise.all(Array.from({ length: inFlight }, async () => { while (n < last) await one(); }));
  };
  const rate = async (jobs, action) => {
    await action(Math.ceil(jobs / 3));
    const from = process.hrtime.bigint();
    await action(jobs);
    return jobs / seconds(from);
  };
  await begin();
  answer({
    single: await rate(single, (jobs) => inParallel(jobs, 1)),
    parallel: await rate(parallel, (jobs) => inParallel(jobs, 100)),
    bulk: await rate(bulk, (jobs) => addBulk(0, jobs)),
  });
  await lines.next();
}

// pick-up-worker <concurrency>: tells, as its result, how long ago each job was added.
async function pickUpWorker(concurrency) {
  const worker = new Worker('bench', async (job) => micros() - job.data.sent, { connection: connect(), concurrency });
  await worker.waitUntilReady();
  await begin();
  answer({});
  await lines.next();
  process.exit(0);
}

// pick-up <jobs>: one job at a time, some milliseconds after the one before; before that a warm-up.
async function pickUp(jobs) {
  const events = new QueueEvents('bench', { connection: connect() });
  await events.waitUntilReady();
  await begin();
  const found = [];
  for (let i = -5 * jobs; i < jobs; i++) {
    if (i >= 0) await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 30));
    const job = await queue.add('job', { sent: micros() });
    const took = await job.waitUntilFinished(events);
    if (i >= 0) found.push(took);
  }
  found.sort((a, b) => a - b);
  const at = (part) => found[Math.floor(found.length * part)] / 1000;
  answer({ p50: at(0.5), p99: at(0.99) });
  await lines.next();
}

const modes = { drain, enqueue, 'pick-up-worker': pickUpWorker, 'pick-up': pickUp };
await modes[mode](first, second, third);
process.exit(0);
