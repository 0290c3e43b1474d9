"""A thin writer for ONNX graphs, for every package made here: one call per operator, names made here, constants stored once."""
import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper


class Graph:
    def __init__(self, prefix=""):
        self.prefix, self.nodes, self.initializers, self.known = prefix, [], [], {}

    def const(self, value, dtype=np.float32):
        array = np.asarray(value, dtype=dtype)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.known:
            name = f"{self.prefix}c{len(self.initializers)}"
            self.initializers.append(numpy_helper.from_array(array, name))
            self.known[key] = name
        return self.known[key]

    def ints(self, *values):
        return self.const(list(values), np.int64)

    def op(self, kind, *inputs, out=None, outputs=1, **attributes):
        inputs = [x if isinstance(x, str) else self.const(x) for x in inputs]
        names = [out] if out else [f"{self.prefix}v{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, **attributes))
        return names[0] if len(names) == 1 else names

    def model(self, name, inputs, outputs, producer, opset, ir_version):
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name=producer)
        model.ir_version = ir_version
        checker.check_model(model, full_check=True)
        return model


def tensor(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)
