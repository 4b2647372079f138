'use strict';
// Filters, and keys to go through findings. The page says what it says without this.
(() => {
  const form = document.getElementById('filters');
  const root = document.documentElement;
  const findings = [...document.querySelectorAll('.finding')];
  const texts = new Map();
  const textOf = (finding) => {
    if (!texts.has(finding)) texts.set(finding, finding.textContent.toLowerCase());
    return texts.get(finding);
  };

  // What a link leads to may be closed, or left out by a filter.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const finding = target.closest('.finding');
    if (finding && finding.hidden && form) { form.reset(); filter(); }
    for (let at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  // A link to where one is already changes no hash.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    const to = link && (link.getAttribute('href') || '');
    if (to && to === location.hash) setTimeout(reveal);
  });

  const opened = [];
  addEventListener('beforeprint', () => {
    for (const each of document.querySelectorAll('details:not([open])')) { each.open = true; opened.push(each); }
  });
  addEventListener('afterprint', () => { for (const each of opened.splice(0)) each.open = false; });

  function filter() {
    const words = document.getElementById('search').value.toLowerCase().split(/\s+/).filter(Boolean);
    const choices = [...form.querySelectorAll('select')].filter((each) => each.value !== '');
    let shown = 0;
    const left = new Set();
    for (const finding of findings) {
      const fits = choices.every((each) => finding.dataset[each.dataset.key] === each.value) &&
        words.every((word) => textOf(finding).includes(word));
      finding.hidden = !fits;
      if (fits) { ++shown; left.add(finding.id); }
    }
    for (const group of document.querySelectorAll('.group')) group.hidden = !group.querySelector('.finding:not([hidden])');
    for (const item of document.querySelectorAll('[data-of]')) item.hidden = !left.has(item.dataset.of);
    for (const index of document.querySelectorAll('#by-rule .index')) {
      const items = index.querySelectorAll('li:not([hidden])').length;
      index.hidden = items === 0;
      index.querySelector('.number').textContent = items;
    }
    for (const meeting of document.querySelectorAll('.meeting'))
      meeting.hidden = !meeting.dataset.findings.split(' ').some((id) => left.has(id));
    document.getElementById('shown').textContent = shown + ' of ' + findings.length + ' shown';
  }

  const step = (by) => {
    const visible = findings.filter((each) => !each.hidden && each.offsetParent);
    const at = visible.indexOf(document.activeElement && document.activeElement.closest('.finding'));
    const next = visible[at < 0 ? (by > 0 ? 0 : visible.length - 1) : at + by];
    if (next) { next.querySelector('summary').focus(); next.scrollIntoView({ block: 'nearest' }); }
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === '/' && form) { event.preventDefault(); document.getElementById('search').focus(); }
    if (event.key === 'j') step(1);
    if (event.key === 'k') step(-1);
  });

  if (form) {
    form.hidden = false;
    form.addEventListener('input', filter);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(filter));
    const all = (open) => { for (const each of findings) if (!each.hidden) each.open = open; };
    document.getElementById('open').addEventListener('click', () => all(true));
    document.getElementById('close').addEventListener('click', () => all(false));
    document.getElementById('theme').addEventListener('click', () => {
      const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = dark ? 'light' : 'dark';
    });
    filter();
  }
  reveal();
})();
