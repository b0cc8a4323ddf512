const ENDS_CLAUSE = /[.,;:!?…؟،؛।]["'”’»)\]]*$/
const BEGINS_SPACED_WORD =
  /^(?![\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}])[\p{L}\p{N}]/u

/**
 * Two pieces of a text as one. The service puts the spaces itself, but for those after a clause that it sent as a piece
 * of its own.
 */
export function joinText(left: string, right: string): string {
  return left && right && ENDS_CLAUSE.test(left) && BEGINS_SPACED_WORD.test(right)
    ? `${left} ${right}`
    : left + right
}
