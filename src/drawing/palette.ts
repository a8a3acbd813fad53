/** A colour of the drawing on light and on dark. */
interface Colour {
  readonly light: string;
  readonly dark: string;
}

/** What is coloured. Contrasts of text and of lines are at least 4.5 to 1 (WCAG 2.2, 1.4.3) with all that they stand on. */
export const palette = {
  page: { light: '#ffffff', dark: '#0f1419' },
  host: { light: '#f4f6f8', dark: '#171d24' },
  frame: { light: '#e8f0f9', dark: '#1a2738' },
  hub: { light: '#d6e6f7', dark: '#213a59' },
  box: { light: '#ffffff', dark: '#0f1419' },
  flow: { light: '#e6f4ea', dark: '#12301c' },
  text: { light: '#14191f', dark: '#eef2f6' },
  muted: { light: '#454d56', dark: '#bcc5cf' },
  line: { light: '#3b4550', dark: '#aab4bf' },
  routed: { light: '#0a55a8', dark: '#8cc4ff' },
  allowed: { light: '#176b30', dark: '#6ddc84' },
  blocked: { light: '#a81e12', dark: '#ff9d94' },
} as const satisfies Record<string, Colour>;

type ColourName = keyof typeof palette;

/** CSS properties by class, with colours by name. */
const rules: readonly (readonly [selector: string, property: 'fill' | 'stroke', colour: ColourName])[] = [
  ['page', 'fill', 'page'],
  ['host', 'fill', 'host'],
  ['frame', 'fill', 'frame'],
  ['hub', 'fill', 'hub'],
  ['box', 'fill', 'box'],
  ['flow', 'fill', 'flow'],
  ['text', 'fill', 'text'],
  ['muted', 'fill', 'muted'],
  ['edge', 'stroke', 'line'],
  ['cable', 'stroke', 'line'],
  ['routed', 'stroke', 'routed'],
  ['allowed', 'stroke', 'allowed'],
  ['blocked', 'stroke', 'blocked'],
  ['head-cable', 'fill', 'line'],
  ['head-routed', 'fill', 'routed'],
  ['head-allowed', 'fill', 'allowed'],
];

/** Every selector stands below this class, since a page may hold the drawing itself and not a picture of it. */
export const rootClass = 'rc-lxc-drawing';

/** librsvg knows no variables and reads no media queries: what it finds first is the light form. Paper is light. */
export function styleSheet(fixed: readonly string[]): string {
  const dark = coloured('dark').map((line) => `  ${line}`);
  return [...fixed, ...coloured('light'), '@media screen and (prefers-color-scheme: dark) {', ...dark, '}'].join('\n');
}

function coloured(scheme: keyof Colour): readonly string[] {
  return rules.map(([name, property, colour]) => `.${rootClass} .${name} { ${property}: ${palette[colour][scheme]} }`);
}
