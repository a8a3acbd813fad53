/* Search over every section, and where the reader is. Without it everything can be read. */
'use strict';

const titleOf = (heading) => heading.textContent.trim();

(() => {
  const form = document.getElementById('search');
  const input = document.getElementById('words');
  const count = document.getElementById('count');
  const found = document.getElementById('found');
  const headings = [...document.querySelectorAll('article > :is(h2, h3, h4, h5)')];
  const most = 30;

  /** What stands between a heading and the next; made when somebody searches first. */
  let sections;
  function sectionsOf() {
    sections ??= headings.map((heading) => {
      const parts = [];
      for (let next = heading.nextElementSibling; next && !headings.includes(next); next = next.nextElementSibling)
        parts.push(
          ...(next.matches('.drawing') ? [...next.querySelectorAll('title, desc, text, figcaption')] : [next]),
        );
      const text = parts
        .map((part) => part.innerText ?? part.textContent)
        .join(' ')
        .replace(/\s+/g, ' ');
      const page = titleOf(heading.parentElement.querySelector('h2'));
      const title = titleOf(heading);
      return { id: heading.id, page, title, text, low: `${page} ${title} ${text}`.toLowerCase() };
    });
    return sections;
  }

  /** Every word must be there; in a title it counts for more. */
  function search(words) {
    const hits = sectionsOf().filter(({ low }) => words.every((word) => low.includes(word)));
    const rank = ({ title, page }) =>
      words.filter((word) => title.toLowerCase().includes(word)).length * 2 +
      words.filter((word) => page.toLowerCase().includes(word)).length;
    return hits
      .map((hit) => [rank(hit), hit])
      .toSorted(([one], [other]) => other - one)
      .map(([, hit]) => hit);
  }

  /** A line around the first word, with every word marked. */
  function excerpt(text, words) {
    const low = text.toLowerCase();
    const first = Math.max(
      0,
      Math.min(...words.map((word) => low.indexOf(word)).map((at) => (at < 0 ? Infinity : at))),
    );
    const start = Number.isFinite(first) ? Math.max(0, first - 40) : 0;
    const end = Math.min(text.length, start + 160);
    const line = element('small');
    let at = start;
    while (at < end) {
      const next = words
        .map((word) => [low.indexOf(word, at), word.length])
        .filter(([place]) => place >= 0 && place < end)
        .toSorted(([one], [other]) => one - other)[0];
      line.append(text.slice(at, next ? next[0] : end));
      if (!next) break;
      at = next[0] + next[1];
      line.append(element('mark', text.slice(next[0], at)));
    }
    if (start > 0) line.prepend('… ');
    if (end < text.length) line.append(' …');
    return line;
  }

  function element(name, text = '') {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function entry({ id, page, title, text }, words) {
    const link = element('a');
    link.href = `#${id}`;
    link.append(element('b', title), title === page ? '' : ` · ${page}`, excerpt(text, words));
    const item = element('li');
    item.append(link);
    return item;
  }

  function show() {
    const words = input.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    if (words.length === 0) return close();
    const hits = search(words);
    found.replaceChildren(...hits.slice(0, most).map((hit) => entry(hit, words)));
    count.textContent = hits.length === 1 ? '1 section' : `${hits.length || 'No'} sections`;
    if (hits.length === 0) {
      const none = element('li', 'No section has all of these words.');
      none.className = 'none';
      found.append(none);
    }
    found.hidden = false;
  }

  function close() {
    found.hidden = true;
    count.textContent = '';
  }

  /** Arrows go through what was found, from the input and back. */
  function move(by) {
    const stops = [input, ...found.querySelectorAll('a')];
    const next = stops[stops.indexOf(document.activeElement) + by];
    if (next) next.focus();
  }

  form.hidden = false;
  input.addEventListener('input', show);
  input.addEventListener('focus', () => input.value !== '' && found.hidden && show());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const first = found.querySelector('a');
    if (!found.hidden && first) first.click();
  });
  found.addEventListener('click', (event) => event.target.closest('a') && close());
  form.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape') {
      close();
      input.value = '';
      input.blur();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target === input) return;
    event.preventDefault();
    input.focus();
  });
  document.addEventListener('click', (event) => form.contains(event.target) || close());
  form.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
  });

  const wide = matchMedia('(width >= 60rem)');
  let current;

  /** Marks the place in the contents; where these stand beside the text, the sections of the page are opened. */
  function follow() {
    const top = document.querySelector('header').offsetHeight + 32;
    const passed = headings.findLast((heading) => heading.getBoundingClientRect().top <= top);
    if (passed === current) return;
    current = passed;
    const nav = document.getElementById('contents');
    for (const link of nav.querySelectorAll('[aria-current]')) link.removeAttribute('aria-current');
    const link = passed && nav.querySelector(`a[href="#${passed.id}"]`);
    if (!link) return;
    link.setAttribute('aria-current', 'location');
    if (!wide.matches) return;
    const page = link.closest('nav > ul > li');
    for (const details of nav.querySelectorAll('details')) details.open = page.contains(details);
    const box = link.getBoundingClientRect();
    const room = nav.getBoundingClientRect();
    if (box.top < room.top || box.bottom > room.bottom) nav.scrollTop += box.top - room.top - room.height / 2;
  }

  let waiting = false;
  addEventListener(
    'scroll',
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        follow();
      });
    },
    { passive: true },
  );
  follow();
})();
