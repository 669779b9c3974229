// Starts the dashboard: chooses the page for the address, follows the live feed, draws at most once per frame.

import { render } from 'lit-html';
import './ui/charts.js';
import { help, listen } from './keys.js';
import { Live } from './live.js';
import { AccessPage } from './pages/access.js';
import { ActionsPage } from './pages/actions.js';
import { AuditPage } from './pages/audit.js';
import { ExceptionsPage } from './pages/exceptions.js';
import { JobPage } from './pages/job.js';
import { JobsPage } from './pages/jobs.js';
import { OverviewPage } from './pages/overview.js';
import { QueuesPage } from './pages/queues.js';
import { RecurringPage } from './pages/recurring.js';
import { SchedulePage } from './pages/schedule.js';
import { TasksPage } from './pages/tasks.js';
import { WorkersPage } from './pages/workers.js';
import { here, onMove } from './router.js';
import { session } from './session.js';
import { shell } from './shell.js';

const PAGES = {
  overview: OverviewPage,
  exceptions: ExceptionsPage,
  jobs: JobsPage,
  queues: QueuesPage,
  workers: WorkersPage,
  recurring: RecurringPage,
  tasks: TasksPage,
  actions: ActionsPage,
  audit: AuditPage,
  access: AccessPage,
};

const root = document.getElementById('app');
let place = null;
let page = null;
let drawing = false;
let fed = null;

const live = new Live(() => {
  if (live.state === 'live' && live.overview !== fed && page) {
    fed = live.overview;
    if (page instanceof OverviewPage) {
      page.fed(live.overview);
    } else {
      page.refresh();
    }
  }
  draw();
});

function draw() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      document.title = page ? `${page.title} · MRQ` : 'MRQ';
      render(shell({ page: place?.page ?? '', body: page?.render(), live, keys: help }), root);
    });
  }
}

function move() {
  const next = here();
  if (place && place.page === next.page && place.id === next.id) {
    place = next;
    page.moved();
  } else {
    page?.dispose();
    place = next;
    page = open(next);
    window.scrollTo(0, 0);
    page.refresh();
  }
  draw();
}

function open({ page: name, id }) {
  if (name === 'jobs' && id) {
    return new JobPage(draw, id);
  }
  if (name === 'recurring' && id) {
    return new SchedulePage(draw, id);
  }
  return new (PAGES[name] ?? OverviewPage)(draw);
}

onMove(move);
window.addEventListener('mrq:theme', draw);
listen(() => page?.keys() ?? {}, () => live.toggle());
session.load().then(draw, draw);
move();
live.start();
