"""Every family, by name."""

from hexci.domain.repair.families import (
    arithmetic,
    boolean,
    boundary,
    comparison,
    constant,
    index,
    operands,
    statement,
    unwrap,
    variable,
)

FAMILIES = (
    comparison.FAMILY,
    boundary.FAMILY,
    arithmetic.FAMILY,
    boolean.FAMILY,
    constant.FAMILY,
    variable.FAMILY,
    operands.FAMILY,
    unwrap.FAMILY,
    index.FAMILY,
    statement.FAMILY,
)
