import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from "graphql";

/**
 * A validation rule: no operation may be more than `maximum` fields deep, fragments followed. Each fragment is measured
 * once, so that fragments that spread one another many times cost no more than they are long. A fragment that spreads
 * itself counts as endless; the standard rules name the cycle.
 */
export function createDepthRule(maximum: number): (context: ValidationContext) => ASTVisitor {
  return (context) => {
    const fragments = new Map<FragmentDefinitionNode, number>();

    function depthOf(set: SelectionSetNode | undefined): number {
      let deepest = 0;
      for (const selection of set?.selections ?? []) {
        const depth =
          selection.kind === Kind.FIELD
            ? 1 + depthOf(selection.selectionSet)
            : selection.kind === Kind.INLINE_FRAGMENT
              ? depthOf(selection.selectionSet)
              : depthOfFragment(context.getFragment(selection.name.value));
        deepest = Math.max(deepest, depth);
      }
      return deepest;
    }

    function depthOfFragment(fragment: FragmentDefinitionNode | null | undefined): number {
      if (!fragment) return 0;
      const known = fragments.get(fragment);
      if (known !== undefined) return known;
      fragments.set(fragment, Infinity);
      const depth = depthOf(fragment.selectionSet);
      fragments.set(fragment, depth);
      return depth;
    }

    return {
      OperationDefinition(node) {
        if (depthOf(node.selectionSet) <= maximum) return;
        const message = `The operation is more than ${maximum} fields deep. Ask for less at once.`;
        context.reportError(new GraphQLError(message, { nodes: node }));
      },
    };
  };
}
