import { Charts } from './charts.ts';
import { LivePage } from './live-page.ts';
import { Poller } from './poller.ts';

const page = new LivePage();
const charts = new Charts();

new Poller({
  onStatus(status, { history }) {
    page.show(status);
    if (history !== undefined) charts.show(history, status.events, status.now);
  },
  onSilence(seconds) {
    page.showSilence(seconds);
    charts.age(seconds);
  },
}).start();
