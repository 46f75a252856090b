import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {Browser, Page} from 'playwright-core';
import {renderHtml} from '../../src/report/html/page.ts';
import type {NodeItem} from '../../src/inventory/nodes.ts';
import {bigReport, finding, hostileReport, report, sickReport} from '../helpers/report.ts';
import type {OpenPage} from './chromium.ts';
import {hasChromium, startChromium, withPage} from './chromium.ts';

let browser: Browser | undefined;

if (hasChromium) {
  test.before(async () => {
    browser = await startChromium();
  });
  test.after.always(() => browser?.close());
} else {
  const absent = process.env['CI'] === undefined ? test.skip : test;
  absent('there is a browser', t => t.fail('install chromium, or name one in CHROMIUM'));
}

const inBrowser = (
  title: string,
  html: () => string,
  use: (t: ExecutionContext, open: OpenPage) => Promise<void>,
): void => {
  if (!hasChromium) return;
  // One after the other: the focus and the measured times are each page's own.
  test.serial(title, async t => {
    if (!browser) throw new Error('the browser did not start');
    await withPage(browser, html(), async open => {
      await use(t, open);
      t.deepEqual(open.noise, [], 'no request, no message, no violation');
    });
  });
};

function nodeItem(name: string, problems: NodeItem['problems']): NodeItem {
  return {
    name,
    ready: true,
    product: 'Windows Server 2022 Datacenter',
    build: '20348.5499',
    kubelet: 'v1.35.4',
    runtime: '2.2.7',
    hns: '13.3',
    pods: 31,
    pool: null,
    agent: null,
    bootTime: null,
    uptimeSeconds: 2_592_000,
    problems,
  };
}

/** Whether the card of a check is open. */
const isOpen = async (page: Page, id: string): Promise<boolean> =>
  (await page.locator('.finding[open] > summary .id').allInnerTexts()).includes(id);

const sick = (): string => renderHtml(sickReport());

inBrowser('the page shows the verdict, root causes open, the rest closed', sick, async (t, {page}) => {
  t.regex(await page.locator('h1').innerText(), /^3 errors, 2 warnings and 1 note from 4 root causes/);
  t.is(await page.locator('.finding').count(), 6);
  t.deepEqual(await page.locator('.finding[open] .id').allInnerTexts(), ['NOD001', 'ADV001']);
});

inBrowser('the keyboard reaches every finding and opens it', sick, async (t, {page}) => {
  const reached: string[] = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    reached.push(await page.evaluate('document.activeElement.querySelector?.(".id")?.textContent ?? ""'));
    // The second time round it would close again.
    if (reached.at(-1) === 'SCH010' && !(await isOpen(page, 'SCH010'))) await page.keyboard.press('Enter');
  }
  t.deepEqual(
    [...new Set(reached.filter(id => id !== ''))],
    ['NOD001', 'ADV001', 'SCH010', 'SCH008', 'SVC012', 'KBL001'],
  );
  t.true(await isOpen(page, 'SCH010'));
});

inBrowser('the focus can be seen', sick, async (t, {page}) => {
  await page.keyboard.press('Tab');
  t.regex(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'), /solid|auto/);
});

inBrowser('a slash searches, escape gives everything back', sick, async (t, {page}) => {
  await page.keyboard.press('/');
  await page.keyboard.type('shop/basket');
  t.deepEqual(await page.locator('.finding:visible .id').allInnerTexts(), ['SCH010', 'SVC012']);
  t.is(await page.locator('#shown').innerText(), '2 of 6 findings, 0 of 3 gaps');
  t.false(await page.locator('h2', {hasText: 'Root causes of errors'}).isVisible());
  await page.keyboard.press('Escape');
  t.is(await page.locator('.finding:visible').count(), 6);
});

/** A thousand nodes that share one finding, which lists fifty of them. */
function fleetPage(): string {
  const names = Array.from({length: 1000}, (_, i) => `win-${i + 1}`);
  const subjects = names.slice(0, 50).map(name => ({kind: 'Node' as const, name}));
  const shared = finding('CNI002', {subjects, subjectCount: names.length, message: 'win-1 lacks azure-vnet'});
  const nodes = names.map(name => nodeItem(name, [{id: 'CNI002', severity: 'error'}]));
  return renderHtml(report([shared, finding('ADV001')]), {nodes});
}

inBrowser('a node of a thousand is found with what is wrong with it', fleetPage, async (t, {page}) => {
  await page.keyboard.press('/');
  await page.keyboard.type('win-777');
  t.deepEqual(await page.locator('.finding:visible .id').allInnerTexts(), ['CNI002']);
  t.deepEqual(await page.locator('[data-row="node"]:visible th').allInnerTexts(), ['win-777']);
  t.is(await page.locator('table.nodes:visible').count(), 1);
  await page.keyboard.press('Escape');
  t.is(await page.locator('[data-row="node"]:visible').count(), 50);
});

inBrowser('nodes with their findings fit into a narrow window', fleetPage, async (t, {page}) => {
  await page.setViewportSize({width: 360, height: 800});
  const widths = 'const {scrollWidth, clientWidth} = document.querySelector(".wide"); ';
  t.is(await page.evaluate(`(() => {${widths} return scrollWidth - clientWidth})()`), 0);
  t.true(await page.locator('[data-row="node"]').first().locator('a').isVisible());
});

inBrowser('severities can be left out', sick, async (t, {page}) => {
  await page.locator('[data-severity="error"][type="checkbox"]').uncheck();
  t.deepEqual(await page.locator('.finding:visible .id').allInnerTexts(), ['SCH010', 'SCH008', 'KBL001']);
});

inBrowser('a consequence is one click away, and it opens', sick, async (t, {page}) => {
  await page.locator('a', {hasText: 'SVC012'}).first().click();
  await page.waitForFunction('document.activeElement.textContent.includes("SVC012")');
  t.true(await isOpen(page, 'SVC012'));
});

inBrowser('a command is copied whole', sick, async (t, {page}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('button.copy').first().click();
  await page.locator('button.copy', {hasText: 'copied'}).waitFor();
  t.is(await page.evaluate('navigator.clipboard.readText()'), 'kubectl describe node win-1');
});

inBrowser('on paper everything is open and no button is left', sick, async (t, {page}) => {
  await page.emulateMedia({media: 'print'});
  await page.evaluate('dispatchEvent(new Event("beforeprint"))');
  t.is(await page.locator('.finding[open]').count(), 6);
  t.false(await page.locator('button.copy').first().isVisible());
  await page.evaluate('dispatchEvent(new Event("afterprint"))');
  t.is(await page.locator('.finding[open]').count(), 2);
});

for (const scheme of ['light', 'dark'] as const) {
  inBrowser(`all text has contrast enough in the ${scheme} theme`, sick, async (t, {page}) => {
    await page.emulateMedia({colorScheme: scheme});
    t.deepEqual(await page.evaluate(POOR_CONTRAST), []);
  });
}

inBrowser('a narrow window scrolls only down', sick, async (t, {page}) => {
  await page.setViewportSize({width: 360, height: 800});
  t.true(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'));
});

inBrowser(
  'a hostile report is inert',
  () => renderHtml(hostileReport()),
  async (t, {page}) => {
    await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
    t.is(await page.locator('script').count(), 1);
    t.is(await page.locator('img, iframe, object, form, [onerror]').count(), 0);
    t.deepEqual(await page.evaluate('[...new Set([...document.links].map(a => a.protocol))].sort()'), [
      'file:',
      'https:',
    ]);
    t.true((await page.locator('.finding').first().innerText()).includes('<img src=x onerror=alert(1)>'));
  },
);

inBrowser(
  'a script that gets in by itself is refused',
  () =>
    sick().replace(
      '</main>',
      '<script>document.title = "got in"</script><style>h1 { display: none }</style></main>',
    ),
  async (t, {page, noise}) => {
    t.not(await page.title(), 'got in');
    t.true(await page.locator('h1').isVisible());
    t.is(noise.length, 2);
    t.true(noise.every(line => line.includes('Content Security Policy')));
    noise.length = 0;
  },
);

inBrowser(
  'a thousand findings are there within 5 s and searched within 1 s',
  () => renderHtml(bigReport(1000)),
  async (t, {page}) => {
    const loaded = await page.evaluate(
      'performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd',
    );
    t.true(Number(loaded) < 5000, `loaded in ${String(loaded)} ms`);
    const took = await page.evaluate(`(() => {
    const start = performance.now();
    const search = document.querySelector('#search');
    search.value = 'job-417';
    search.dispatchEvent(new Event('input'));
    document.body.offsetHeight;
    return performance.now() - start;
  })()`);
    t.true(Number(took) < 1000, `searched in ${String(took)} ms`);
    t.is(await page.locator('.finding:visible').count(), 1);
  },
);

inBrowser(
  'a healthy cluster has a calm page',
  () => renderHtml(report()),
  async (t, {page}) => {
    t.is(await page.locator('h1').innerText(), 'Nothing wrong found on 3 Windows and 2 Linux nodes');
    t.is(await page.locator('.tools').count(), 0);
  },
);

/** Text whose contrast against what is painted behind it is below WCAG 2's 4.5. */
const POOR_CONTRAST = `(() => {
  const parse = text => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = node => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const node of document.querySelectorAll('body *:not(script)')) {
    const own = [...node.childNodes].some(c => c.nodeType === 3 && c.textContent.trim() !== '');
    if (!own || !node.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) poor.push(node.className + ' ' + node.textContent.slice(0, 20) + ' ' + ratio.toFixed(2));
  }
  return poor;
})()`;
