import { interfaceRule, isInterfaceName, isName, nameRule } from '../base/names.ts';
import type { SectionSpec } from './types.ts';

interface NameForm {
  readonly fits: (name: string) => boolean;
  readonly rule: string;
}

const forms: Readonly<Record<NonNullable<SectionSpec['nameForm']>, NameForm>> = {
  name: { fits: isName, rule: nameRule },
  nic: {
    fits: (name) => {
      const [container = '', inside = '', ...rest] = name.split(':');
      return rest.length === 0 && isName(container) && isInterfaceName(inside);
    },
    rule: `it is CONTAINER:INTERFACE; ${nameRule}; ${interfaceRule}`,
  },
};

/** Why a section of this kind cannot have this name, and what to do about it; undefined when it can. */
export function sectionNameProblem(spec: SectionSpec, name: string): { message: string; hint: string } | undefined {
  const form = forms[spec.nameForm ?? 'name'];
  if (!form.fits(name)) {
    return { message: `"${name}" cannot be the name of a ${spec.kind}`, hint: `${form.rule}: ${spec.example}` };
  }
  if (spec.reservedNames?.names.includes(name) !== true) return undefined;
  return {
    message: `a ${spec.kind} cannot be called ${name}: ${spec.reservedNames.reason}`,
    hint: 'choose another name',
  };
}
