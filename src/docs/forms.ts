import { htmlForm } from './html/index.ts';
import { markdownForm } from './markdown/index.ts';
import { mediawikiForm } from './mediawiki/index.ts';
import type { Form } from './types.ts';

/** Every form that pages are written in. A new one is a file or folder and a line. */
export const forms: readonly Form[] = [markdownForm, mediawikiForm, htmlForm];
