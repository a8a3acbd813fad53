// Generated from templates/ by build/templates.ts; edit those and run it again.
export const assets = {
  'script.js':
    "/* Search over every section, and where the reader is. Without it everything can be read. */\n" +
    "'use strict';\n" +
    "\n" +
    "const titleOf = (heading) => heading.textContent.trim();\n" +
    "\n" +
    "(() => {\n" +
    "  const form = document.getElementById('search');\n" +
    "  const input = document.getElementById('words');\n" +
    "  const count = document.getElementById('count');\n" +
    "  const found = document.getElementById('found');\n" +
    "  const headings = [...document.querySelectorAll('article > :is(h2, h3, h4, h5)')];\n" +
    "  const most = 30;\n" +
    "\n" +
    "  /** What stands between a heading and the next; made when somebody searches first. */\n" +
    "  let sections;\n" +
    "  function sectionsOf() {\n" +
    "    sections ??= headings.map((heading) => {\n" +
    "      const parts = [];\n" +
    "      for (let next = heading.nextElementSibling; next && !headings.includes(next); next = next.nextElementSibling)\n" +
    "        parts.push(\n" +
    "          ...(next.matches('.drawing') ? [...next.querySelectorAll('title, desc, text, figcaption')] : [next]),\n" +
    "        );\n" +
    "      const text = parts\n" +
    "        .map((part) => part.innerText ?? part.textContent)\n" +
    "        .join(' ')\n" +
    "        .replace(/\\s+/g, ' ');\n" +
    "      const page = titleOf(heading.parentElement.querySelector('h2'));\n" +
    "      const title = titleOf(heading);\n" +
    "      return { id: heading.id, page, title, text, low: `${page} ${title} ${text}`.toLowerCase() };\n" +
    "    });\n" +
    "    return sections;\n" +
    "  }\n" +
    "\n" +
    "  /** Every word must be there; in a title it counts for more. */\n" +
    "  function search(words) {\n" +
    "    const hits = sectionsOf().filter(({ low }) => words.every((word) => low.includes(word)));\n" +
    "    const rank = ({ title, page }) =>\n" +
    "      words.filter((word) => title.toLowerCase().includes(word)).length * 2 +\n" +
    "      words.filter((word) => page.toLowerCase().includes(word)).length;\n" +
    "    return hits\n" +
    "      .map((hit) => [rank(hit), hit])\n" +
    "      .toSorted(([one], [other]) => other - one)\n" +
    "      .map(([, hit]) => hit);\n" +
    "  }\n" +
    "\n" +
    "  /** A line around the first word, with every word marked. */\n" +
    "  function excerpt(text, words) {\n" +
    "    const low = text.toLowerCase();\n" +
    "    const first = Math.max(\n" +
    "      0,\n" +
    "      Math.min(...words.map((word) => low.indexOf(word)).map((at) => (at < 0 ? Infinity : at))),\n" +
    "    );\n" +
    "    const start = Number.isFinite(first) ? Math.max(0, first - 40) : 0;\n" +
    "    const end = Math.min(text.length, start + 160);\n" +
    "    const line = element('small');\n" +
    "    let at = start;\n" +
    "    while (at < end) {\n" +
    "      const next = words\n" +
    "        .map((word) => [low.indexOf(word, at), word.length])\n" +
    "        .filter(([place]) => place >= 0 && place < end)\n" +
    "        .toSorted(([one], [other]) => one - other)[0];\n" +
    "      line.append(text.slice(at, next ? next[0] : end));\n" +
    "      if (!next) break;\n" +
    "      at = next[0] + next[1];\n" +
    "      line.append(element('mark', text.slice(next[0], at)));\n" +
    "    }\n" +
    "    if (start > 0) line.prepend('… ');\n" +
    "    if (end < text.length) line.append(' …');\n" +
    "    return line;\n" +
    "  }\n" +
    "\n" +
    "  function element(name, text = '') {\n" +
    "    const made = document.createElement(name);\n" +
    "    made.textContent = text;\n" +
    "    return made;\n" +
    "  }\n" +
    "\n" +
    "  function entry({ id, page, title, text }, words) {\n" +
    "    const link = element('a');\n" +
    "    link.href = `#${id}`;\n" +
    "    link.append(element('b', title), title === page ? '' : ` · ${page}`, excerpt(text, words));\n" +
    "    const item = element('li');\n" +
    "    item.append(link);\n" +
    "    return item;\n" +
    "  }\n" +
    "\n" +
    "  function show() {\n" +
    "    const words = input.value\n" +
    "      .toLowerCase()\n" +
    "      .split(/\\s+/)\n" +
    "      .filter((word) => word !== '');\n" +
    "    if (words.length === 0) return close();\n" +
    "    const hits = search(words);\n" +
    "    found.replaceChildren(...hits.slice(0, most).map((hit) => entry(hit, words)));\n" +
    "    count.textContent = hits.length === 1 ? '1 section' : `${hits.length || 'No'} sections`;\n" +
    "    if (hits.length === 0) {\n" +
    "      const none = element('li', 'No section has all of these words.');\n" +
    "      none.className = 'none';\n" +
    "      found.append(none);\n" +
    "    }\n" +
    "    found.hidden = false;\n" +
    "  }\n" +
    "\n" +
    "  function close() {\n" +
    "    found.hidden = true;\n" +
    "    count.textContent = '';\n" +
    "  }\n" +
    "\n" +
    "  /** Arrows go through what was found, from the input and back. */\n" +
    "  function move(by) {\n" +
    "    const stops = [input, ...found.querySelectorAll('a')];\n" +
    "    const next = stops[stops.indexOf(document.activeElement) + by];\n" +
    "    if (next) next.focus();\n" +
    "  }\n" +
    "\n" +
    "  form.hidden = false;\n" +
    "  input.addEventListener('input', show);\n" +
    "  input.addEventListener('focus', () => input.value !== '' && found.hidden && show());\n" +
    "  form.addEventListener('submit', (event) => {\n" +
    "    event.preventDefault();\n" +
    "    const first = found.querySelector('a');\n" +
    "    if (!found.hidden && first) first.click();\n" +
    "  });\n" +
    "  found.addEventListener('click', (event) => event.target.closest('a') && close());\n" +
    "  form.addEventListener('keydown', (event) => {\n" +
    "    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {\n" +
    "      event.preventDefault();\n" +
    "      move(event.key === 'ArrowDown' ? 1 : -1);\n" +
    "    } else if (event.key === 'Escape') {\n" +
    "      close();\n" +
    "      input.value = '';\n" +
    "      input.blur();\n" +
    "    }\n" +
    "  });\n" +
    "  document.addEventListener('keydown', (event) => {\n" +
    "    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target === input) return;\n" +
    "    event.preventDefault();\n" +
    "    input.focus();\n" +
    "  });\n" +
    "  document.addEventListener('click', (event) => form.contains(event.target) || close());\n" +
    "  form.addEventListener('focusout', (event) => {\n" +
    "    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();\n" +
    "  });\n" +
    "\n" +
    "  const wide = matchMedia('(width >= 60rem)');\n" +
    "  let current;\n" +
    "\n" +
    "  /** Marks the place in the contents; where these stand beside the text, the sections of the page are opened. */\n" +
    "  function follow() {\n" +
    "    const top = document.querySelector('header').offsetHeight + 32;\n" +
    "    const passed = headings.findLast((heading) => heading.getBoundingClientRect().top <= top);\n" +
    "    if (passed === current) return;\n" +
    "    current = passed;\n" +
    "    const nav = document.getElementById('contents');\n" +
    "    for (const link of nav.querySelectorAll('[aria-current]')) link.removeAttribute('aria-current');\n" +
    "    const link = passed && nav.querySelector(`a[href=\"#${passed.id}\"]`);\n" +
    "    if (!link) return;\n" +
    "    link.setAttribute('aria-current', 'location');\n" +
    "    if (!wide.matches) return;\n" +
    "    const page = link.closest('nav > ul > li');\n" +
    "    for (const details of nav.querySelectorAll('details')) details.open = page.contains(details);\n" +
    "    const box = link.getBoundingClientRect();\n" +
    "    const room = nav.getBoundingClientRect();\n" +
    "    if (box.top < room.top || box.bottom > room.bottom) nav.scrollTop += box.top - room.top - room.height / 2;\n" +
    "  }\n" +
    "\n" +
    "  let waiting = false;\n" +
    "  addEventListener(\n" +
    "    'scroll',\n" +
    "    () => {\n" +
    "      if (waiting) return;\n" +
    "      waiting = true;\n" +
    "      requestAnimationFrame(() => {\n" +
    "        waiting = false;\n" +
    "        follow();\n" +
    "      });\n" +
    "    },\n" +
    "    { passive: true },\n" +
    "  );\n" +
    "  follow();\n" +
    "})();\n",
  'style.css':
    "/* Colours are those of the drawings. Contrasts of text are at least 4.5 to 1 with what it stands on. */\n" +
    ":root {\n" +
    "  color-scheme: light dark;\n" +
    "  --page: #ffffff;\n" +
    "  --raised: #f4f6f8;\n" +
    "  --edge: #c9d1d9;\n" +
    "  --text: #14191f;\n" +
    "  --muted: #454d56;\n" +
    "  --link: #0a55a8;\n" +
    "  --code: #eef1f4;\n" +
    "  --found: #ffe9a8;\n" +
    "  --root: #a81e12;\n" +
    "  --user: #176b30;\n" +
    "  --note: #0a55a8;\n" +
    "  --tip: #176b30;\n" +
    "  --important: #6b3fa0;\n" +
    "  --warning: #a81e12;\n" +
    "  --top: 3.25rem;\n" +
    "}\n" +
    "@media screen and (prefers-color-scheme: dark) {\n" +
    "  :root {\n" +
    "    --page: #0f1419;\n" +
    "    --raised: #171d24;\n" +
    "    --edge: #3a4450;\n" +
    "    --text: #e6ebf0;\n" +
    "    --muted: #bcc5cf;\n" +
    "    --link: #8cc4ff;\n" +
    "    --code: #1d252e;\n" +
    "    --found: #5c4700;\n" +
    "    --root: #ff9d94;\n" +
    "    --user: #6ddc84;\n" +
    "    --note: #8cc4ff;\n" +
    "    --tip: #6ddc84;\n" +
    "    --important: #cfb0ff;\n" +
    "    --warning: #ff9d94;\n" +
    "  }\n" +
    "}\n" +
    "\n" +
    "/* The whole */\n" +
    "*,\n" +
    "::before,\n" +
    "::after {\n" +
    "  box-sizing: border-box;\n" +
    "}\n" +
    "html {\n" +
    "  scroll-padding-top: calc(var(--top) + 1rem);\n" +
    "  -webkit-text-size-adjust: 100%;\n" +
    "  text-size-adjust: 100%;\n" +
    "}\n" +
    "@media (prefers-reduced-motion: no-preference) {\n" +
    "  html {\n" +
    "    scroll-behavior: smooth;\n" +
    "  }\n" +
    "}\n" +
    "body {\n" +
    "  margin: 0;\n" +
    "  background: var(--page);\n" +
    "  color: var(--text);\n" +
    "  font:\n" +
    "    1rem/1.6 system-ui,\n" +
    "    'Noto Sans',\n" +
    "    'DejaVu Sans',\n" +
    "    Verdana,\n" +
    "    sans-serif;\n" +
    "}\n" +
    "code,\n" +
    "pre,\n" +
    "kbd,\n" +
    "samp {\n" +
    "  font-family: ui-monospace, 'DejaVu Sans Mono', 'Noto Sans Mono', Menlo, Consolas, monospace;\n" +
    "  font-size: 0.875em;\n" +
    "}\n" +
    "a {\n" +
    "  color: var(--link);\n" +
    "  text-underline-offset: 0.15em;\n" +
    "}\n" +
    ":focus-visible {\n" +
    "  outline: 3px solid var(--link);\n" +
    "  outline-offset: 2px;\n" +
    "}\n" +
    "main:focus {\n" +
    "  outline: none;\n" +
    "}\n" +
    "[hidden] {\n" +
    "  display: none;\n" +
    "}\n" +
    ".unseen {\n" +
    "  position: absolute;\n" +
    "  width: 1px;\n" +
    "  height: 1px;\n" +
    "  overflow: hidden;\n" +
    "  clip-path: inset(50%);\n" +
    "  white-space: nowrap;\n" +
    "}\n" +
    ".skip {\n" +
    "  position: absolute;\n" +
    "  top: -10rem;\n" +
    "  left: 1rem;\n" +
    "  z-index: 3;\n" +
    "  padding: 0.5rem 1rem;\n" +
    "  background: var(--page);\n" +
    "}\n" +
    ".skip:focus {\n" +
    "  top: 0.5rem;\n" +
    "}\n" +
    "\n" +
    "/* Above everything */\n" +
    "header {\n" +
    "  position: sticky;\n" +
    "  top: 0;\n" +
    "  z-index: 2;\n" +
    "  display: flex;\n" +
    "  align-items: center;\n" +
    "  gap: 1rem;\n" +
    "  height: var(--top);\n" +
    "  padding: 0 1rem;\n" +
    "  background: var(--raised);\n" +
    "  border-bottom: 1px solid var(--edge);\n" +
    "}\n" +
    ".home {\n" +
    "  font-weight: 700;\n" +
    "  color: var(--text);\n" +
    "  text-decoration: none;\n" +
    "  white-space: nowrap;\n" +
    "}\n" +
    ".to-contents {\n" +
    "  margin-left: auto;\n" +
    "}\n" +
    "form {\n" +
    "  flex: 1 1 auto;\n" +
    "  max-width: 28rem;\n" +
    "  min-width: 0;\n" +
    "}\n" +
    "input {\n" +
    "  width: 100%;\n" +
    "  padding: 0.35rem 0.75rem;\n" +
    "  border: 1px solid var(--muted);\n" +
    "  border-radius: 0.4rem;\n" +
    "  background: var(--page);\n" +
    "  color: var(--text);\n" +
    "  font: inherit;\n" +
    "}\n" +
    "::placeholder {\n" +
    "  color: var(--muted);\n" +
    "  opacity: 1;\n" +
    "}\n" +
    "#found {\n" +
    "  position: absolute;\n" +
    "  top: 100%;\n" +
    "  left: 0;\n" +
    "  width: min(40rem, 100%);\n" +
    "  max-height: calc(100vh - var(--top) - 1rem);\n" +
    "  margin: 0;\n" +
    "  padding: 0.5rem;\n" +
    "  overflow-y: auto;\n" +
    "  list-style: none;\n" +
    "  background: var(--page);\n" +
    "  border: 1px solid var(--edge);\n" +
    "  border-radius: 0 0 0.5rem 0.5rem;\n" +
    "  box-shadow: 0 0.5rem 1.5rem rgb(0 0 0 / 25%);\n" +
    "}\n" +
    "#found a {\n" +
    "  display: block;\n" +
    "  padding: 0.5rem 0.75rem;\n" +
    "  border-radius: 0.3rem;\n" +
    "  color: var(--text);\n" +
    "  text-decoration: none;\n" +
    "}\n" +
    "#found a:hover,\n" +
    "#found a:focus-visible {\n" +
    "  background: var(--code);\n" +
    "  outline-offset: -3px;\n" +
    "}\n" +
    "#found b {\n" +
    "  color: var(--link);\n" +
    "}\n" +
    "#found small {\n" +
    "  display: block;\n" +
    "  overflow-wrap: anywhere;\n" +
    "  color: var(--muted);\n" +
    "}\n" +
    "#found .none {\n" +
    "  padding: 0.5rem 0.75rem;\n" +
    "}\n" +
    "mark {\n" +
    "  background: var(--found);\n" +
    "  color: inherit;\n" +
    "}\n" +
    "\n" +
    "/* What there is */\n" +
    "nav {\n" +
    "  padding: 1rem;\n" +
    "  border-bottom: 1px solid var(--edge);\n" +
    "}\n" +
    "nav ul {\n" +
    "  margin: 0;\n" +
    "  padding: 0;\n" +
    "  list-style: none;\n" +
    "}\n" +
    "nav > ul > li {\n" +
    "  margin-bottom: 0.75rem;\n" +
    "}\n" +
    "nav > ul > li > a {\n" +
    "  font-weight: 600;\n" +
    "}\n" +
    "nav a {\n" +
    "  display: block;\n" +
    "  padding: 0.15rem 0.5rem;\n" +
    "  border-left: 3px solid transparent;\n" +
    "  color: var(--text);\n" +
    "  text-decoration: none;\n" +
    "}\n" +
    "nav a:hover {\n" +
    "  text-decoration: underline;\n" +
    "}\n" +
    "nav [aria-current] {\n" +
    "  border-left-color: var(--link);\n" +
    "  color: var(--link);\n" +
    "}\n" +
    "nav summary {\n" +
    "  padding: 0.1rem 0.5rem;\n" +
    "  color: var(--muted);\n" +
    "  font-size: 0.875rem;\n" +
    "  cursor: pointer;\n" +
    "}\n" +
    "nav li li {\n" +
    "  padding-left: 0.75rem;\n" +
    "  font-size: 0.9375rem;\n" +
    "}\n" +
    "\n" +
    "/* The text */\n" +
    "main {\n" +
    "  max-width: 62rem;\n" +
    "  padding: 0 1rem 6rem;\n" +
    "}\n" +
    "main > *,\n" +
    "article > * {\n" +
    "  max-width: 44rem;\n" +
    "}\n" +
    "article,\n" +
    "article > .box,\n" +
    "article > .drawing,\n" +
    "article > .table {\n" +
    "  max-width: none;\n" +
    "}\n" +
    "article {\n" +
    "  padding-top: 1rem;\n" +
    "}\n" +
    "h1,\n" +
    "h2,\n" +
    "h3,\n" +
    "h4,\n" +
    "h5 {\n" +
    "  margin: 2.2em 0 0.6em;\n" +
    "  line-height: 1.25;\n" +
    "  overflow-wrap: anywhere;\n" +
    "  text-wrap: balance;\n" +
    "}\n" +
    "h1 {\n" +
    "  margin-top: 0.8em;\n" +
    "  font-size: 2rem;\n" +
    "}\n" +
    "h2 {\n" +
    "  padding-top: 1.2em;\n" +
    "  border-top: 1px solid var(--edge);\n" +
    "  font-size: 1.75rem;\n" +
    "}\n" +
    "h3 {\n" +
    "  font-size: 1.35rem;\n" +
    "}\n" +
    "h4 {\n" +
    "  font-size: 1.1rem;\n" +
    "}\n" +
    ".anchor {\n" +
    "  margin-left: 0.4em;\n" +
    "  color: var(--muted);\n" +
    "  font-weight: 400;\n" +
    "  text-decoration: none;\n" +
    "}\n" +
    ".anchor::before {\n" +
    "  content: '#';\n" +
    "}\n" +
    "@media (hover: hover) {\n" +
    "  .anchor {\n" +
    "    opacity: 0;\n" +
    "  }\n" +
    "  .anchor:focus-visible,\n" +
    "  :hover > .anchor {\n" +
    "    opacity: 1;\n" +
    "  }\n" +
    "}\n" +
    "p,\n" +
    "ul,\n" +
    "ol,\n" +
    "dl {\n" +
    "  margin: 0 0 1em;\n" +
    "}\n" +
    "main li {\n" +
    "  margin-bottom: 0.25em;\n" +
    "}\n" +
    "dt {\n" +
    "  font-weight: 600;\n" +
    "}\n" +
    "dd {\n" +
    "  margin: 0 0 0.75em;\n" +
    "}\n" +
    "p code,\n" +
    "li code,\n" +
    "td code,\n" +
    "th code,\n" +
    "dd code,\n" +
    "h3 code,\n" +
    "h4 code {\n" +
    "  padding: 0.1em 0.3em;\n" +
    "  border-radius: 0.25em;\n" +
    "  background: var(--code);\n" +
    "  overflow-wrap: anywhere;\n" +
    "}\n" +
    "/* A table scrolls rather than break names into pieces. */\n" +
    "td code,\n" +
    "th code {\n" +
    "  overflow-wrap: break-word;\n" +
    "}\n" +
    ".package,\n" +
    ".path {\n" +
    "  font-weight: 600;\n" +
    "}\n" +
    ".infobox {\n" +
    "  display: flex;\n" +
    "  flex-wrap: wrap;\n" +
    "  gap: 0.25rem 2rem;\n" +
    "  padding: 0.6rem 0.9rem;\n" +
    "  border: 1px solid var(--edge);\n" +
    "  border-radius: 0.4rem;\n" +
    "  background: var(--raised);\n" +
    "  font-size: 0.9375rem;\n" +
    "}\n" +
    ".infobox div {\n" +
    "  display: flex;\n" +
    "  flex-wrap: wrap;\n" +
    "  gap: 0 0.6rem;\n" +
    "}\n" +
    ".infobox dd {\n" +
    "  margin: 0;\n" +
    "  overflow-wrap: anywhere;\n" +
    "}\n" +
    "\n" +
    "/* Figures */\n" +
    "figure {\n" +
    "  margin: 0 0 1.5em;\n" +
    "}\n" +
    ".box {\n" +
    "  border: 1px solid var(--edge);\n" +
    "  border-radius: 0.4rem;\n" +
    "  background: var(--raised);\n" +
    "}\n" +
    ".box figcaption {\n" +
    "  padding: 0.3rem 0.9rem;\n" +
    "  border-bottom: 1px solid var(--edge);\n" +
    "  color: var(--muted);\n" +
    "  font-size: 0.9375rem;\n" +
    "  overflow-wrap: anywhere;\n" +
    "}\n" +
    ".box figcaption code {\n" +
    "  color: var(--text);\n" +
    "  font-weight: 600;\n" +
    "}\n" +
    "pre {\n" +
    "  margin: 0;\n" +
    "  padding: 0.75rem 0.9rem;\n" +
    "  overflow-x: auto;\n" +
    "  line-height: 1.5;\n" +
    "  tab-size: 4;\n" +
    "}\n" +
    "pre > * {\n" +
    "  font-size: 0.875rem;\n" +
    "}\n" +
    "kbd {\n" +
    "  font-weight: 600;\n" +
    "}\n" +
    "kbd::before {\n" +
    "  font-weight: 700;\n" +
    "  content: '$ ' / '';\n" +
    "  color: var(--user);\n" +
    "}\n" +
    ".root kbd::before {\n" +
    "  content: '# ' / '';\n" +
    "  color: var(--root);\n" +
    "}\n" +
    "samp {\n" +
    "  color: var(--muted);\n" +
    "}\n" +
    ".scroll {\n" +
    "  overflow-x: auto;\n" +
    "}\n" +
    ".drawing svg {\n" +
    "  display: block;\n" +
    "  height: auto;\n" +
    "  max-width: max(100%, 38rem);\n" +
    "}\n" +
    ".drawing figcaption {\n" +
    "  margin-top: 0.5rem;\n" +
    "  color: var(--muted);\n" +
    "  font-size: 0.9375rem;\n" +
    "}\n" +
    ".table {\n" +
    "  margin-bottom: 1.5em;\n" +
    "}\n" +
    "table {\n" +
    "  border-collapse: collapse;\n" +
    "  font-size: 0.9375rem;\n" +
    "}\n" +
    "th,\n" +
    "td {\n" +
    "  min-width: 5.5rem;\n" +
    "  padding: 0.4rem 0.75rem;\n" +
    "  border: 1px solid var(--edge);\n" +
    "  text-align: left;\n" +
    "  vertical-align: top;\n" +
    "}\n" +
    "th {\n" +
    "  background: var(--raised);\n" +
    "}\n" +
    ".remark {\n" +
    "  margin-bottom: 1.5em;\n" +
    "  padding: 0.75rem 1rem;\n" +
    "  border-left: 4px solid var(--mark);\n" +
    "  border-radius: 0 0.4rem 0.4rem 0;\n" +
    "  background: var(--raised);\n" +
    "}\n" +
    ".remark > :last-child {\n" +
    "  margin-bottom: 0;\n" +
    "}\n" +
    ".remark .label {\n" +
    "  margin-bottom: 0.25rem;\n" +
    "  color: var(--mark);\n" +
    "  font-weight: 700;\n" +
    "}\n" +
    ".note {\n" +
    "  --mark: var(--note);\n" +
    "}\n" +
    ".tip {\n" +
    "  --mark: var(--tip);\n" +
    "}\n" +
    ".important {\n" +
    "  --mark: var(--important);\n" +
    "}\n" +
    ".warning {\n" +
    "  --mark: var(--warning);\n" +
    "}\n" +
    "\n" +
    "/* Where there is room */\n" +
    "@media (width >= 60rem) {\n" +
    "  .to-contents {\n" +
    "    display: none;\n" +
    "  }\n" +
    "  header .home {\n" +
    "    width: 16rem;\n" +
    "  }\n" +
    "  #found {\n" +
    "    left: 17rem;\n" +
    "  }\n" +
    "  .columns {\n" +
    "    display: grid;\n" +
    "    grid-template-columns: 18rem minmax(0, 1fr);\n" +
    "  }\n" +
    "  nav {\n" +
    "    position: sticky;\n" +
    "    top: var(--top);\n" +
    "    height: calc(100vh - var(--top));\n" +
    "    overflow-y: auto;\n" +
    "    border-right: 1px solid var(--edge);\n" +
    "    border-bottom: 0;\n" +
    "  }\n" +
    "  main {\n" +
    "    padding: 0 2.5rem 6rem;\n" +
    "  }\n" +
    "}\n" +
    "\n" +
    "/* On paper nothing is scrolled, and a link is where it leads to. */\n" +
    "@page {\n" +
    "  margin: 18mm 16mm;\n" +
    "}\n" +
    "@media print {\n" +
    "  :root {\n" +
    "    color-scheme: light;\n" +
    "  }\n" +
    "  body {\n" +
    "    font-size: 10pt;\n" +
    "  }\n" +
    "  header,\n" +
    "  nav,\n" +
    "  .skip,\n" +
    "  .anchor {\n" +
    "    display: none;\n" +
    "  }\n" +
    "  .columns {\n" +
    "    display: block;\n" +
    "  }\n" +
    "  main {\n" +
    "    max-width: none;\n" +
    "    padding: 0;\n" +
    "  }\n" +
    "  article {\n" +
    "    break-before: page;\n" +
    "  }\n" +
    "  h1,\n" +
    "  h2,\n" +
    "  h3,\n" +
    "  h4,\n" +
    "  figcaption,\n" +
    "  .label {\n" +
    "    break-after: avoid;\n" +
    "  }\n" +
    "  tr,\n" +
    "  .remark,\n" +
    "  .drawing {\n" +
    "    break-inside: avoid;\n" +
    "  }\n" +
    "  pre,\n" +
    "  .scroll {\n" +
    "    overflow: visible;\n" +
    "  }\n" +
    "  pre {\n" +
    "    white-space: pre-wrap;\n" +
    "    overflow-wrap: anywhere;\n" +
    "  }\n" +
    "  th,\n" +
    "  td {\n" +
    "    min-width: 0;\n" +
    "  }\n" +
    "  td code,\n" +
    "  th code {\n" +
    "    overflow-wrap: anywhere;\n" +
    "  }\n" +
    "  .drawing svg {\n" +
    "    max-width: 100%;\n" +
    "  }\n" +
    "  a[href^='http']::after {\n" +
    "    content: ' <' attr(href) '>';\n" +
    "    overflow-wrap: anywhere;\n" +
    "  }\n" +
    "  .infobox a[href^='http']::after {\n" +
    "    content: none;\n" +
    "  }\n" +
    "}\n",
} as const;
