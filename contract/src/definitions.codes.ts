// Answers of a definition, for filters: a file of its own, so that a page of children does not fetch the settings of definitions.
export const answerCodes = ['yes', 'no', 'cannot_say'] as const
export const categoryCodes = ['both_parents', 'one_parent_other_unable', 'one_parent'] as const
