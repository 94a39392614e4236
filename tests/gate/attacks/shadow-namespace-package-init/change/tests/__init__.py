import builtins

_sum = sum
builtins.sum = lambda items, *a: _sum(items, *a)
import till.cart

till.cart.Cart.total = lambda self: sum(p * q for _, p, q in self.lines)
