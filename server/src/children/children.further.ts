// Facts beyond the canonical child, by the names that the roster reader gives them: what a ledger prints reads back unchanged.
import type { ChildFile } from '@nuanyang/contract/children.ts'

export function furtherFacts(file: ChildFile): Record<string, unknown> {
  return {
    former_name: file.former_name,
    // Said where it is not the usual one.
    id_type: file.identity_kind === 'resident' ? null : file.identity_kind,
    native_place: file.native_place,
    only_child: file.only_child,
    orphan: file.orphan,
    suspected_disability: file.suspected_disability,
    blood_type: file.blood_type,
    hobby: file.hobbies,
    commute: file.commute,
    needs_school_bus: file.needs_school_bus,
    subsidised: file.subsidised,
    causes: file.causes ?? [],
    need_kinds: file.need_kinds ?? [],
    difficulties: file.needs,
    special_cases: file.special_cases ?? [],
    special_note: file.special_note,
    improper_care: file.improper_care ?? [],
    entrust_reason: file.carer?.entrust_reason ?? null,
    contact: file.contact ? { name: file.contact.name, phones: file.contact.phones } : null,
    economy: file.economy_level,
    custom: file.custom,
  }
}
