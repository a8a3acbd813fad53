import { drawHost } from '../../drawing/index.ts';
import type { LabReport } from '../../lab/prove/report.ts';
import type { HostModel } from '../../resolve/model.ts';
import type { Facts } from '../facts.ts';
import { makePage } from '../index.ts';
import { renderTemplate } from '../render.ts';
import type { Drawing, Page, PageEntry } from '../types.ts';
import { accessMatrix, expectTable, policyTable, portTable } from './access-tables.ts';
import { containerTables, serviceTable } from './container-tables.ts';
import { heldSentences } from './held.ts';
import { hostTable, networkTable, reachTable } from './network-tables.ts';
import { expectVerdict, proofOf } from './proof.ts';

interface HostPageOptions {
  readonly model: HostModel;
  readonly facts: Facts;
  /** SHA-256 of the description, as a report names the one that it is of. */
  readonly description: string;
  readonly report?: LabReport;
}

/** The page of a host: everything that its description comes to, without commands, raw keys and other free text. */
export function hostPage({ model, facts, description, report }: HostPageOptions): Page {
  const { name } = model.host;
  const entry: PageEntry = {
    // On a wiki it stands where its administrator wants it: a capital asks for no title of its own there.
    name: `Host ${name}`,
    file: name,
    template: 'docs/host',
    summary: `The containers and networks of ${name}.`,
    covers: [],
  };
  const proof = report === undefined ? undefined : proofOf(report, description);
  const markdown = renderTemplate(entry.template, {
    model,
    version: facts.version,
    proof,
    host: hostTable(model),
    networks: networkTable(model),
    reach: reachTable(model),
    containers: containerTables(model),
    services: serviceTable(model),
    ports: portTable(model),
    matrix: accessMatrix(model),
    policy: policyTable(model),
    held: heldSentences(model),
    expects: expectTable(model, (each) => (proof?.of === 'this' ? expectVerdict(report, each) : '')),
  });
  return makePage(entry, facts, markdown, drawingOf(model));
}

/** Its file has a name of its own, so that a wiki can have those of several hosts beside our examples’. */
function drawingOf(model: HostModel): Drawing {
  const name = `host-${model.host.name}`;
  const { title, description, svg } = drawHost(model, { name });
  return { type: 'drawing', name, title, alt: description, svg };
}
